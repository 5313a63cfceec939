import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ocsf } from '../core/findings/ocsf/ocsf-fixtures';
import { asff } from '../core/reporting/report-fixtures';
import type { Context } from '../../src/core/context/context';
import { known, unknown } from '../../src/core/context/fact';
import { KNOWN_CONTEXT } from '../core/policy/known-context';
import { runCli } from './run-cli';

const HEAD = `organizationId: o-sandbox0001
hub: { account: '111111111111', aggregationRegion: eu-central-1 }
members: { primaryRegion: eu-central-1, regions: [eu-central-1, us-east-1] }
`;
const BY_TAG = `${HEAD}decisions:
  - { name: production asks, when: { tags: [{ key: environment, value: production }] }, do: ask }
  - { name: never, when: { controls: [EC2.21] }, do: notify }
  - { do: auto }
`;

const NEW = { Workflow: { Status: 'NEW' } };
const tagged = (id: string, environment: string) => {
  const finding = asff({ id, ...NEW });
  const [resource] = finding['Resources'] as readonly object[];
  return { ...finding, Resources: [{ ...resource, Tags: { environment } }] };
};

function directory(files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'portcullis-policy-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const FINDINGS = JSON.stringify({
  Findings: [
    tagged('a', 'production'),
    tagged('b', 'test'),
    asff({ id: 'c', ...NEW }),
    asff({ id: 'd', Workflow: { Status: 'RESOLVED' } }),
    asff({ id: 'e', control: 'S3.1' }),
  ],
});

const linesOf = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('says for each finding who decides, and counts', async () => {
  const cwd = directory({ 'findings.json': FINDINGS, 'portcullis.yaml': BY_TAG });
  const { exitCode, stdout, stderr } = await runCli(['policy', 'simulate', '--findings', 'findings.json', '--json'], {
    cwd,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(linesOf(stdout)).toMatchObject([
    { findingId: 'a', control: 'EC2.13', mode: 'ask', entry: 'policy entry "production asks"' },
    { findingId: 'b', mode: 'auto', entry: 'policy entry 3' },
    { findingId: 'c', mode: 'ask', reason: expect.stringContaining('not known (the tags of the target)') as string },
    { findingId: 'd', mode: 'ignore', entry: 'finding' },
    {
      byMode: { auto: 1, ask: 2, notify: 0, ignore: 1 },
      neverMatched: ['policy entry "never"'],
      otherControls: 1,
      notUnderstood: 0,
    },
  ]);
});

describe('an export of Security Hub V2', () => {
  const [resource] = ocsf()['resources'] as readonly object[];
  const finding = (uid: string, over: object = {}) => ({
    ...ocsf(over as Record<string, unknown>),
    finding_info: { ...(ocsf()['finding_info'] as object), uid },
  });
  const taggedV2 = (uid: string, value: string) =>
    finding(uid, { resources: [{ ...resource, tags: [{ name: 'environment', value }] }] });
  const Findings = [
    taggedV2('a', 'production'),
    taggedV2('b', 'test'),
    finding('c'),
    finding('d', { status: 'Resolved', status_id: 4 }),
    finding('e', { compliance: { control: 'S3.1', status_id: 3 } }),
    finding('f', { resources: [] }),
    finding('g', { resources: [{ ...resource, tags: ['environment=test'] }] }),
    finding('h', { comment: 'Undone. [Portcullis undone 2026-11-29T12:00:00Z rem-0123456789abcdef]' }),
  ];

  test('is decided about as one of CSPM is', async () => {
    const cwd = directory({ 'findings.json': JSON.stringify({ Findings }), 'portcullis.yaml': BY_TAG });
    const simulated = await runCli(['policy', 'simulate', '--findings', 'findings.json', '--json'], { cwd });
    expect(simulated).toMatchObject({ exitCode: 0, stderr: '' });
    expect(linesOf(simulated.stdout)).toMatchObject([
      { findingId: 'a', control: 'EC2.13', mode: 'ask', entry: 'policy entry "production asks"' },
      { findingId: 'b', mode: 'auto', entry: 'policy entry 3' },
      { findingId: 'c', mode: 'ask', reason: expect.stringContaining('not known (the tags of the target)') as string },
      { findingId: 'd', mode: 'ignore', entry: 'finding' },
      // Tags of a shape that is not known might be the ones that keep it open.
      { findingId: 'g', mode: 'ask', reason: expect.stringContaining('not known (the tags of the target)') as string },
      { findingId: 'h', mode: 'ignore', entry: 'finding', reason: expect.stringContaining('undone') as string },
      { byMode: { auto: 1, ask: 3, notify: 0, ignore: 2 }, otherControls: 1, notUnderstood: 1 },
    ]);
  });

  test('is explained by the id that Security Hub V2 names a finding by', async () => {
    const cwd = directory({ 'findings.json': JSON.stringify({ Findings }), 'portcullis.yaml': BY_TAG });
    const args = ['policy', 'explain', 'b', '--findings', 'findings.json', '--json'];
    const explained = await runCli(args, { cwd });
    expect(explained).toMatchObject({ exitCode: 0, stderr: '' });
    expect(linesOf(explained.stdout)).toMatchObject([{ findingId: 'b', mode: 'auto', entry: 'policy entry 3' }]);
  });

  test.each([
    ['v2', 'ignore', 'automatic'],
    ['both', 'auto', 'policy entry 1'],
  ])('with securityHub: %s EC2.18, whose parameters V2 does not show, is %s by %s', async (kind, mode, entry) => {
    const yaml = `${HEAD}securityHub: ${kind}\ndecisions:\n  - { do: auto }\n`;
    const ec218 = finding('a', { compliance: { control: 'EC2.18', status_id: 3 } });
    const cwd = directory({ 'findings.json': JSON.stringify([ec218]), 'portcullis.yaml': yaml });
    const { stdout } = await runCli(['policy', 'simulate', '--findings', 'findings.json', '--json'], { cwd });
    expect(linesOf(stdout)[0]).toMatchObject({ findingId: 'a', control: 'EC2.18', mode, entry });
  });
});

test('shows what another policy would decide in another way', async () => {
  const cwd = directory({ 'new.yaml': BY_TAG, 'old.yaml': `${HEAD}automatic: [EC2.13]\n` });
  const args = ['policy', 'simulate', '--findings', '-', '--policy', 'new.yaml', '--against', 'old.yaml'];
  const { exitCode, stdout } = await runCli(args, { cwd, input: FINDINGS });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('All findings: 1 auto, 2 ask, 1 ignore');
  expect(stdout).toContain('Decided about nothing: policy entry "never"');
  expect(stdout).toContain('Compared with --against: 2 auto → ask');
});

test('names every mistake of a policy at once', async () => {
  const yaml = `${HEAD}decisions:
  - { do: ask }
  - { when: { controls: [EC2.13], regions: [eu-west-9] }, do: auto }
  - { when: { used: [never] }, do: auto, asks: me }
`;
  const cwd = directory({ 'findings.json': FINDINGS, 'portcullis.yaml': yaml });
  const { exitCode, stderr } = await runCli(['policy', 'simulate', '--findings', 'findings.json'], { cwd });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('decisions[2].when.used[0]');
  expect(stderr).toContain('decisions[2].asks');
});

describe('with what is known about targets', () => {
  const BY_FACTS = `${HEAD}decisions:
  - { name: unreachable, when: { reachable: ['no'] }, do: auto }
  - { name: the rest, do: ask }
`;
  const target = { account: '222222222222', region: 'eu-central-1', id: 'sg-0123456789abcdef0' };
  const line = (over: Partial<Context>) => `${JSON.stringify({ target, context: { ...KNOWN_CONTEXT, ...over } })}\n`;
  const UNREACHABLE: Partial<Context> = {
    reachable: known({ answer: 'no', through: [] }),
    otherWayIn: known({ answer: 'not-needed', ways: [] }),
  };
  const simulated = async (context: string | undefined) => {
    const files = { 'findings.json': JSON.stringify([asff({ id: 'a', ...NEW })]), 'portcullis.yaml': BY_FACTS };
    const cwd = directory({ ...files, ...(context === undefined ? {} : { 'context.ndjson': context }) });
    const args = ['policy', 'simulate', '--findings', 'findings.json', '--json'];
    return runCli(context === undefined ? args : [...args, '--context', 'context.ndjson'], { cwd });
  };

  test.each<readonly [string, string | undefined, object]>([
    ['decides by it', line(UNREACHABLE), { mode: 'auto', entry: 'policy entry "unreachable"' }],
    [
      'guards go by it',
      line({ ...UNREACHABLE, otherWayIn: KNOWN_CONTEXT.otherWayIn }),
      { mode: 'ask', entry: 'guard lastWayIn' },
    ],
    [
      'asks where it is not known',
      line({ ...UNREACHABLE, reachable: unknown('denied') }),
      { mode: 'ask', entry: 'policy entry "unreachable"' },
    ],
    ['asks where nobody has looked', undefined, { mode: 'ask', entry: 'policy entry "unreachable"' }],
    [
      'asks about a target of which nothing is said',
      `${JSON.stringify({ target: { ...target, id: 'sg-other' }, context: KNOWN_CONTEXT })}\n`,
      { mode: 'ask', reason: expect.stringContaining('the target is not in --context') as string },
    ],
  ])('%s', async (_, context, expected) => {
    const { stdout, stderr, exitCode } = await simulated(context);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(linesOf(stdout)[0]).toMatchObject({ findingId: 'a', ...expected });
  });

  test('a line that is something else is shown, with what it lacks', async () => {
    const { stderr, exitCode } = await simulated(`${line(UNREACHABLE)}{"target":{"account":"222222222222"}}\n`);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('document 2');
    expect(stderr).toContain('target.region');
  });

  test('explain says which entries and guards were read for one finding', async () => {
    const cwd = directory({
      'findings.json': JSON.stringify([asff({ id: 'a', ...NEW }), asff({ id: 'b', ...NEW })]),
      'portcullis.yaml': BY_FACTS,
      'context.ndjson': line({}),
    });
    const args = ['policy', 'explain', 'a', '--findings', 'findings.json', '--context', 'context.ndjson'];
    const { stdout } = await runCli([...args, '--json'], { cwd });
    expect(linesOf(stdout)).toMatchObject([
      {
        findingId: 'a',
        mode: 'ask',
        entry: 'guard lastWayIn',
        entries: [
          { entry: 'policy entry "unreachable"', match: 'no' },
          { entry: 'policy entry "the rest"', match: 'yes' },
        ],
        guards: [{ guard: 'guard lastWayIn', holds: 'yes' }],
      },
    ]);
    expect((await runCli(args, { cwd })).stdout).toContain('policy entry "unreachable" does not match');
    const missing = await runCli(['policy', 'explain', 'c', '--findings', 'findings.json'], { cwd });
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('holds no finding c') as string });
  });
});

describe('with exceptions', () => {
  const target = { account: '222222222222', region: 'eu-central-1', id: 'sg-0123456789abcdef0' };
  const all = [{ from: 22, to: 22 }];
  const listed = {
    exceptionId: 'exc-0123456789abcdef',
    target,
    control: 'EC2.13',
    source: '0.0.0.0/0',
    ports: [22],
    reason: 'a demo',
    by: 'arn:aws:iam::111111111111:user/alice',
    since: '2026-01-01T00:00:00.000Z',
    until: '2999-01-01T00:00:00.000Z',
    state: 'live',
    covers: [{ source: '0.0.0.0/0', tcp: all, udp: [] }],
  };
  const YAML = `${HEAD}decisions:\n  - { do: auto }\n`;
  const excepted = { mode: 'ignore', entry: 'exception exc-0123456789abcdef' };
  const open = { mode: 'auto', entry: 'policy entry 1' };
  test.each<readonly [string, object, object]>([
    ['one in force covers what it names, and says what decides beyond', listed, excepted],
    ['one that is over covers nothing', { ...listed, until: '2026-01-02T00:00:00.000Z' }, open],
    ['one that was ended covers nothing', { ...listed, ended: { at: 'x', by: 'x', how: 'by-hand' } }, open],
    ['one of another control covers nothing', { ...listed, control: 'EC2.19' }, open],
    ['one of another target covers nothing', { ...listed, target: { ...target, id: 'sg-other' } }, open],
    ['what the configuration has not any more covers nothing', { ...listed, by: 'portcullis.yaml' }, open],
  ])('%s', async (_, line, expected) => {
    const cwd = directory({
      'findings.json': JSON.stringify([asff({ id: 'a', ...NEW })]),
      'portcullis.yaml': YAML,
      'exceptions.ndjson': `${JSON.stringify(line)}\n`,
    });
    const args = ['--findings', 'findings.json', '--exceptions', 'exceptions.ndjson', '--json'];
    const { stdout, stderr } = await runCli(['policy', 'simulate', ...args], { cwd });
    expect(stderr).toBe('');
    const [decision, counts] = linesOf(stdout);
    expect(decision).toMatchObject({ findingId: 'a', ...expected });
    expect(counts).toMatchObject({ excepted: expected === excepted ? 1 : 0 });
    const explained = await runCli(['policy', 'explain', 'a', ...args], { cwd });
    expect(linesOf(explained.stdout)).toMatchObject([{ ...expected, exceptions: expected === excepted ? [{}] : [] }]);
  });

  test('those of portcullis.yaml are in force without any file', async () => {
    const until = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
    const exception = `{ target: ${target.id}, controls: [EC2.13], ports: [22], sources: [0.0.0.0/0], reason: demo, until: '${until}' }`;
    const cwd = directory({
      'findings.json': JSON.stringify([asff({ id: 'a', ...NEW })]),
      'portcullis.yaml': `${YAML}exceptions:\n  - ${exception}\n`,
    });
    const { stdout, stderr } = await runCli(['policy', 'simulate', '--findings', 'findings.json', '--json'], { cwd });
    expect(stderr).toBe('');
    expect(linesOf(stdout)[0]).toMatchObject({
      mode: 'ignore',
      entry: 'exception portcullis.yaml',
      reason: expect.stringContaining('What is open beyond that is decided by policy entry 1: auto.') as string,
    });
  });

  test('a line that is something else is shown, with what it lacks', async () => {
    const cwd = directory({ 'findings.json': FINDINGS, 'portcullis.yaml': YAML, 'exceptions.ndjson': '{"target":{}}' });
    const args = ['--findings', 'findings.json', '--exceptions', 'exceptions.ndjson'];
    const { stderr, exitCode } = await runCli(['policy', 'simulate', ...args], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--exceptions');
    expect(stderr).toContain('exceptionId');
  });
});

test('an entry that names used without flowLogs is tried, and told as a doubt', async () => {
  const yaml = (flowLogs: string) =>
    `${HEAD}${flowLogs}decisions:\n  - { name: idle, when: { used: [none-seen] }, do: auto }\n`;
  const simulated = async (flowLogs: string) => {
    const cwd = directory({ 'findings.json': FINDINGS, 'portcullis.yaml': yaml(flowLogs) });
    return runCli(['policy', 'simulate', '--findings', 'findings.json'], { cwd });
  };
  const doubtful = await simulated('');
  expect(doubtful.exitCode).toBe(0);
  expect(doubtful.stderr).toMatch(/policy entry "idle" names used, which nobody can tell without flowLogs/);
  expect((await simulated('flowLogs: { logGroups: [/vpc/flow-logs] }\n')).stderr).toBe('');
});
