import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const PLACE = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
let remediationId: string;
let groupId: string;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  const group = await portcullis.openGroup(PLACE, [tcp(0, 65_535, ANYWHERE)]);
  const findingId = await portcullis.importFinding(group, 'EC2.13', {
    Note: { Text: 'Ticket 4711', UpdatedBy: 'Ana', UpdatedAt: '2026-01-01T00:00:00.000Z' },
  });
  await portcullis.press(findingId);
  await portcullis.settle();
  remediationId = (await portcullis.findingOf(findingId)).UserDefinedFields?.['PortcullisRemediationId'] ?? '';
  groupId = group.id;
});
afterAll(() => portcullis.stop());

test('shows who decided, every call that ran, and what was there before and after', async () => {
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['show', remediationId]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lines = stdout.split('\n');
  expect(lines[0]).toBe(`${remediationId}  close of arn:aws:ec2:us-east-1:${MEMBER}:security-group/${groupId}`);
  expect(lines[1]).toBe('closed: Closed, and read back.');
  expect(lines[2]).toBe('decided by custom action "Close ingress"');
  const calls = lines.flatMap(
    (line) =>
      /Z {2}((?:add|revoke) .*): done, and seen in the rules \((?:Authorize|Revoke)/
        .exec(line)?.[1]
        ?.replace(/ \(sgr-.*\)$/, '') ?? [],
  );
  expect(calls).toEqual([
    `add tcp 80 from ${ANYWHERE}`,
    `add tcp 443 from ${ANYWHERE}`,
    `revoke every tcp port from ${ANYWHERE}`,
  ]);
  const [, before = '', after = ''] = stdout.split(/\n(?:before|after)\n/);
  expect(before).toContain(`every tcp port from ${ANYWHERE}`);
  expect(after).toContain(`tcp 443 from ${ANYWHERE}`);
  expect(after).not.toContain('every tcp port');
  expect(stdout).toContain('(Ana, 2026-01-01T00:00:00.000Z): Ticket 4711');
});

test('prints the records as one JSON object', async () => {
  const { exitCode, stdout } = await runAsOperator(portcullis, ['show', remediationId, '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ remediation: { remediationId, outcome: 'closed' }, related: [] });
});

test('takes the Region from AWS_DEFAULT_REGION too, as the AWS CLI does', async () => {
  const terminal = { region: '', defaultRegion: portcullis.hub.region };
  const { exitCode, stderr } = await runAsOperator(portcullis, ['show', remediationId], terminal);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test.each([
  ['what is no id', ['show', 'REM-1'], {}, 2, /"REM-1" is not a remediation id/],
  [
    'an unknown id',
    ['show', 'rem-0000000000000000'],
    {},
    2,
    /holds no remediation rem-0000000000000000; check --region/,
  ],
  ['no id', ['show'], {}, 2, /missing required argument 'remediation-id'/],
  ['no Region', ['show', 'rem-0000000000000000'], { region: '' }, 2, /no Region: give --region/],
  ['a Region without the ledger', ['show', 'rem-0000000000000000'], { region: 'us-east-1' }, 3, /ResourceNotFound/],
  [
    'credentials of a member, of which the error names the account',
    ['show', 'rem-0000000000000000'],
    { account: MEMBER },
    3,
    new RegExp(`credentials are those of the hub account; yours are of account ${MEMBER}`),
  ],
  ['no credentials', ['show', 'rem-0000000000000000'], { credentials: false }, 3, /credentials/i],
])('%s: one line, and nothing on stdout', async (_name, args, terminal, exitCode, message) => {
  const result = await runAsOperator(portcullis, args, terminal);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expectOneLine(result, message);
});

test('a ledger that is throttled for long is not the same as one that knows nothing', async () => {
  await portcullis.misbehave({ kind: 'deny', service: 'dynamodb', operation: 'GetItem' });
  try {
    const result = await runAsOperator(portcullis, ['show', remediationId]);
    expect(result).toMatchObject({ exitCode: 3, stdout: '' });
    expectOneLine(result, /AccessDenied/);
  } finally {
    await portcullis.behave();
  }
});

test('a file name with control characters is written, and printed without them', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-show-'));
  const file = join(directory, 'closing\u001b[31m.json');
  const { exitCode, stdout } = await runAsOperator(portcullis, ['show', remediationId, '--certificate', file]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('closing�[31m.json');
  expect(stdout).not.toContain('\u001b');
  expect(existsSync(file)).toBe(true);
  rmSync(directory, { recursive: true });
});
