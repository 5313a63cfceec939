import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asff } from '../../core/reporting/report-fixtures';
import { runCli, type CliResult } from '../run-cli';

// What people have in their files, by shape: documents that follow each other, one a line, pages, events, what --query
// leaves. Each must give the right answer from the command line, or say what to do.

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-shapes-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

let files = 0;
function file(content: unknown, space?: number): string {
  const path = join(directory, `${String(files++)}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content, null, space));
  return path;
}

const group = (id: string, port: number, sources: object = { IpRanges: [{ CidrIp: '0.0.0.0/0' }] }) => ({
  GroupId: id,
  GroupName: 'edge',
  IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...sources }],
  IpPermissionsEgress: [],
});
const rule = (id: string, groupId: string) => ({
  SecurityGroupRuleId: id,
  GroupId: groupId,
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
});
const SSH = group('sg-a', 22);
const RDP = group('sg-b', 3389);
const page = (groups: readonly object[], token?: string) => ({ SecurityGroups: groups, NextToken: token });
const lines = (...documents: readonly unknown[]) => documents.map((each) => `${JSON.stringify(each)}\n`).join('');
const pretty = (...documents: readonly unknown[]) => documents.map((each) => JSON.stringify(each, null, 4)).join('\n');

function plan(rules: string, ...more: readonly string[]): Promise<CliResult> {
  return runCli(['plan', '--rules', rules, '--control', 'EC2.13,EC2.14', '--json', ...more]);
}

/** The steps of each target that was planned for. */
function planned({ stdout }: CliResult): readonly (readonly [id: string, steps: number])[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { target: { id: string }; steps: unknown[] })
    .map(({ target, steps }) => [target.id, steps.length]);
}

const BOTH = [
  ['sg-a', 1],
  ['sg-b', 1],
];

test.each([
  ['documents that follow each other, as a loop over Regions prints them', pretty(page([SSH]), page([RDP]))],
  ['documents right behind each other', JSON.stringify(page([SSH])) + JSON.stringify(page([RDP]))],
  ['a document a line', lines(page([SSH]), page([RDP]))],
  ['a group a line', lines(SSH, RDP)],
  ['groups laid out over lines, one behind the other', pretty(SSH, RDP)],
  ['a list, as --query SecurityGroups prints it', JSON.stringify([SSH, RDP], null, 4)],
  ['a list of documents', JSON.stringify([page([SSH]), page([RDP])])],
  [
    'rules of two Regions',
    pretty(...['a', 'b'].map((id) => ({ SecurityGroupRules: [rule(`sgr-${id}`, `sg-${id}`)] }))),
  ],
  ['a list of rules', JSON.stringify(['a', 'b'].map((id) => rule(`sgr-${id}`, `sg-${id}`)))],
])('plan reads %s', async (_shape, content) => {
  const result = await plan(file(content));
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  expect(planned(result)).toEqual(BOTH);
});

test.each([
  ['groups', page([SSH], 'more'), 'NextToken says that there are more groups or network ACLs; run the AWS CLI without'],
  ['a list of pages', [page([SSH]), page([RDP], 'more')], 'NextToken says that there are more groups or network ACLs'],
  ['a page behind a whole one', pretty(page([SSH]), page([RDP], 'more')), 'NextToken says that there are more groups'],
  [
    'network ACLs',
    { NetworkAcls: [{ NetworkAclId: 'acl-1', IsDefault: false, Entries: [] }], NextToken: 'more' },
    'NextToken says that there are more groups or network ACLs; run the AWS CLI without --max-items and --no-paginate',
  ],
])('plan takes no part of %s for the whole', async (_shape, content, message) => {
  const { exitCode, stdout, stderr } = await plan(file(content));
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test('plan takes a part that is asked for with a loud remark, but never a part of the rules of a group', async () => {
  const asked = await plan(file(page([SSH], 'more')), '--partial');
  expect(asked).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^remark: .*this is a part, and not the/) });
  expect(planned(asked)).toEqual([['sg-a', 1]]);
  const rules = { SecurityGroupRules: [rule('sgr-1', 'sg-a')], NextToken: 'more' };
  const refused = await plan(file(rules), '--partial');
  expect(refused).toMatchObject({
    exitCode: 2,
    stdout: '',
    stderr: expect.stringContaining('judged by all of its own'),
  });
});

test('pages that follow each other are one input, and a remark says what they were taken for', async () => {
  const rules = (ids: readonly string[], token?: string) => ({
    SecurityGroupRules: ids.map((id) => rule(id, 'sg-a')),
    NextToken: token,
  });
  const result = await plan(file(pretty(rules(['sgr-1'], 'more'), rules(['sgr-2']))));
  expect(result).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^remark: .*1 of 2 documents say that more/),
  });
  expect(planned(result)).toHaveLength(1);
});

test.each([
  ['yaml', 'SecurityGroups:\n- GroupId: sg-a\n  IpPermissions: []\n', 'looks like --output yaml of the AWS CLI; use'],
  [
    'yaml-stream',
    '- SecurityGroups:\n  - GroupId: sg-a\n',
    'looks like --output yaml of the AWS CLI; use --output json',
  ],
  [
    'text',
    'SECURITYGROUPS\tfield\tsg-a\tweb\nIPPERMISSIONS\t22\ttcp\t22\n',
    'looks like --output text of the AWS CLI;',
  ],
  [
    'table',
    '-----------------------\n|DescribeSecurityGroups|\n+----------+\n',
    'looks like --output table of the AWS',
  ],
])('--output %s is answered with what to use instead', async (_output, content, message) => {
  for (const args of [
    ['plan', '--control', 'EC2.13', '--rules'],
    ['report', '--out', join(directory, 'out'), '--findings'],
  ]) {
    const { exitCode, stdout, stderr } = await runCli([...args, file(content)]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('use --output json');
  }
});

test.each([
  [
    'a missing comma',
    '{\n  "SecurityGroups": [\n    {"GroupId": "sg-a"\n     "IpPermissions": []}\n  ]\n}',
    'line 4, column 6',
  ],
  ['a comma too many in the second document', '{"SecurityGroups": []}\n{"SecurityGroups": [],}', 'line 2, column 23'],
  ['a word', '{"SecurityGroups": [],\n "x": None}', 'line 2, column 7: expected a value'],
  [
    'a text that does not end',
    '{"SecurityGroups": [],\n "x": "None}',
    'line 2, column 7: the text in quotes that begins',
  ],
])('a wrong place in a file is named: %s', async (_what, content, place) => {
  const { exitCode, stderr } = await plan(file(content));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(place);
});

test('a wrong place in standard input is named by its element', async () => {
  const input = '{"SecurityGroups": [{"GroupId": "sg-a", "IpPermissions": []}, {"GroupId": sg-b}]}';
  const { exitCode, stderr } = await runCli(['plan', '--rules', '-', '--control', 'EC2.13'], { input });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('standard input: SecurityGroups[1] is not JSON: line 1, column 13: expected a value');
});

test.each([
  ['a group without its rules', [{ GroupId: 'sg-a' }], '[0] is no security group, rule or network ACL with all of its'],
  ['a group a line without its rules', lines(SSH, { GroupId: 'sg-a' }), 'document 2: holds none of SecurityGroups'],
  ['a list that is within another one', [[SSH, 1]], '[0][1] is no security group'],
])('what --query left of it does not pass for nothing: %s', async (_what, content, message) => {
  const { exitCode, stderr } = await plan(file(content));
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

describe('prefix lists', () => {
  const ENTRIES = { Entries: [{ Cidr: '0.0.0.0/0', Description: 'all' }, { Cidr: '198.51.100.0/24' }] };
  const listed = (...ids: readonly string[]) =>
    file({
      SecurityGroups: ids.map((id, i) => group(`sg-${String(i)}`, 22, { PrefixListIds: [{ PrefixListId: id }] })),
    });

  test.each([
    ['what get-managed-prefix-list-entries prints', (): string => file(ENTRIES, 4)],
    ['the same under its name', (): string => `pl-0a=${file(ENTRIES)}`],
    ['pages of it', (): string => file(pretty({ Entries: [{ Cidr: '10.0.0.0/8' }], NextToken: 'x' }, ENTRIES))],
    ['what --query left: blocks', (): string => file(['0.0.0.0/0', '198.51.100.0/24'])],
    ['what --query left: entries', (): string => file(ENTRIES.Entries)],
    ['entries one a line', (): string => file(lines(...ENTRIES.Entries))],
    [
      'what describe-prefix-lists prints',
      (): string => file({ PrefixLists: [{ PrefixListId: 'pl-0a', Cidrs: ['0.0.0.0/0'] }] }),
    ],
    ['lists by their ids', (): string => file({ 'pl-0a': ['0.0.0.0/0'] })],
    ['entries by their ids', (): string => file({ 'pl-0a': ENTRIES })],
  ])('%s: the list is open', async (_shape, lists) => {
    const result = await plan(listed('pl-0a'), '--prefix-lists', lists());
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(result.stdout)).toMatchObject({ violations: [{ how: 'open' }] });
  });

  test.each([
    [
      'entries of one list for rules that name two',
      () => [file(ENTRIES)],
      'the rules name pl-0a, pl-0b; write --prefix-',
    ],
    ['two lists that say no name', () => [file(ENTRIES), file(ENTRIES)], 'do not say which lists they are'],
    ['two lists one behind the other', () => [file(pretty(ENTRIES, ENTRIES))], 'do not say which lists they are'],
    [
      'a part of a list',
      () => [file({ ...ENTRIES, NextToken: 'x' })],
      'NextToken says that there are more entries, and a',
    ],
    [
      'lists without entries',
      () => [file({ PrefixLists: [{ PrefixListId: 'pl-0a' }] })],
      'pl-0a comes without its entries',
    ],
  ])('%s: asks for what is missing', async (_shape, lists, message) => {
    const options = lists().flatMap((each) => ['--prefix-lists', each]);
    const { exitCode, stdout, stderr } = await plan(listed('pl-0a', 'pl-0b'), ...options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('each of several lists has its file', async () => {
    const lists = ['--prefix-lists', `pl-0a=${file(ENTRIES)}`, '--prefix-lists', `pl-0b=${file({ Entries: [] })}`];
    const result = await plan(listed('pl-0a', 'pl-0b'), ...lists);
    expect(result).toMatchObject({ exitCode: 0, stderr: '' });
    expect(planned(result).map(([id]) => id)).toEqual(['sg-0', 'sg-1']);
    const [first, second] = result.stdout.trim().split('\n');
    expect(JSON.parse(first ?? '')).toMatchObject({ violations: [{ how: 'open' }] });
    expect(JSON.parse(second ?? '')).toMatchObject({ violations: [], ask: [] });
  });
});

describe('report', () => {
  const FIRST = asff({ id: 'one' });
  const SECOND = asff({ id: 'two', group: 'sg-0fedcba9876543210' });
  const event = (...findings: readonly object[]) => ({
    version: '0',
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    detail: { findings },
  });
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

  async function report(content: unknown, ...more: readonly string[]): Promise<CliResult> {
    const out = join(directory, `out-${String(files)}`);
    return runCli(['report', '--findings', file(content), '--out', out, '--json', ...more]);
  }

  test.each([
    ['documents that follow each other', pretty({ Findings: [FIRST] }, { Findings: [SECOND] })],
    ['findings one a line', lines(FIRST, SECOND)],
    ['a list, as --query Findings prints it', [FIRST, SECOND]],
    ['an event of two findings', event(FIRST, SECOND)],
    ['events one a line', lines(event(FIRST), event(SECOND))],
    [
      'events as Firehose writes them, right behind each other',
      JSON.stringify(event(FIRST)) + JSON.stringify(event(SECOND)),
    ],
    [
      'what Firehose hands to a function',
      { records: [{ data: base64(event(FIRST)) }, { data: base64(event(SECOND)) }] },
    ],
    ['a list of pages', [{ Findings: [FIRST] }, { Findings: [SECOND] }]],
  ])('reads %s', async (_shape, content) => {
    const { exitCode, stdout, stderr } = await report(content);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ checks: 2, byStatus: { open: 2 }, notUnderstood: 0, partial: false });
  });

  test('takes no page for the whole, unless a page is asked for, and then the page of the report says so too', async () => {
    const onePage = { Findings: [FIRST], NextToken: 'more' };
    const refused = await report(onePage);
    expect(refused).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/NextToken says that there are more findings; run the AWS CLI without --max-items/),
    });
    const asked = await report(onePage, '--partial');
    expect(asked.exitCode).toBe(0);
    const {
      partial,
      remarks,
      files: written,
    } = JSON.parse(asked.stdout) as {
      partial: boolean;
      remarks: string[];
      files: string[];
    };
    expect(partial).toBe(true);
    expect(remarks).toEqual([expect.stringContaining('this is a part, and not the whole')]);
    expect(readFileSync(written[0] ?? '', 'utf8')).toContain('this is a part, and not the whole');
  });

  test.each([
    ['NextToken', { Items: [], NextToken: 'more' }],
    ['LastEvaluatedKey', { Items: [], LastEvaluatedKey: { pk: { S: 'x' } } }],
  ])('takes no part of the ledger for the whole: %s', async (token, ledger) => {
    const { exitCode, stderr } = await report([FIRST], '--ledger', file(ledger));
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`${token} says that there are more records`);
  });

  test('counts findings of other controls as what they are', async () => {
    const others = Array.from({ length: 30 }, (_, i) => asff({ id: `s3-${String(i)}`, control: 'S3.8' }));
    const { exitCode, stdout } = await report({ Findings: [FIRST, ...others] });
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ checks: 1, otherControls: 30, notUnderstood: 0 });
  });

  test.each([
    [
      'findings',
      [{ Severity: 'HIGH' }, { Severity: 'LOW' }],
      [],
      'none of 2 findings is understood, so that there is no',
    ],
    [
      'the ledger',
      [FIRST],
      ['--ledger', '[{"a":1}]'],
      'none of 1 ledger record is understood, so that there is no report',
    ],
  ])(
    'a file of %s of which nothing is understood gives no report',
    async (_what, findings, [option, ledger], message) => {
      const more = option === undefined ? [] : [option, file(ledger)];
      const { exitCode, stdout, stderr } = await report(findings, ...more);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      expect(stderr).toContain(message);
    },
  );

  test('what somebody set RESOLVED while it fails, and what waits for a person, are distinguished', async () => {
    const resolved = asff({ id: 'one', Workflow: { Status: 'RESOLVED' } });
    const asked = asff({
      id: 'two',
      group: 'sg-0fedcba9876543210',
      Workflow: { Status: 'NOTIFIED' },
      UserDefinedFields: {
        PortcullisOutcome: 'asked',
        PortcullisRemediationId: 'rem-0123456789abcdef',
        PortcullisDecidedBy: 'ana',
      },
    });
    const { stdout } = await report([resolved, asked]);
    expect(JSON.parse(stdout)).toMatchObject({
      byStatus: { open: 1, 'resolved-still-failing': 1, 'in-progress': 0, 'could-not-tell': 0 },
      waiting: 1,
    });
  });
});
