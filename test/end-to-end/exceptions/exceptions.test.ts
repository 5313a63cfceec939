import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { BatchUpdateFindingsCommand } from '@aws-sdk/client-securityhub';
import { expectOneLine, runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const PLACE = { account: MEMBER, region: 'us-east-1' };
const DAY_MILLIS = 24 * 60 * 60 * 1000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

const inDays = (days: number): string =>
  new Date(portcullis.clock.now() + days * DAY_MILLIS).toISOString().slice(0, 10);

/** What somebody who looks from outside sees of a finding. */
async function seen(findingId: string) {
  await portcullis.settle();
  const { Workflow, UserDefinedFields, Note } = await portcullis.findingOf(findingId);
  return {
    workflow: Workflow?.Status,
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    until: UserDefinedFields?.['PortcullisUntil'],
    note: Note?.Text ?? '',
  };
}

const openOn = async (group: Group) =>
  (await portcullis.ingressOf(group))
    .map(({ FromPort, ToPort, CidrIpv4 }) => `${String(FromPort)}-${String(ToPort)} ${CidrIpv4 ?? ''}`)
    .sort();

const add = (findingId: string, ...more: readonly string[]) =>
  runAsOperator(portcullis, ['exceptions', 'add', '--finding', findingId, ...more]);

async function open(group: Group, from: number, to = from): Promise<void> {
  await portcullis.clients
    .ec2(group)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(from, to, ANYWHERE)] }));
}

interface Listed {
  readonly exceptionId: string;
  readonly target: { readonly id: string };
}

async function listed(group: Group): Promise<readonly Listed[]> {
  const { stdout } = await runAsOperator(portcullis, ['exceptions', 'list', '--all', '--json']);
  const all = stdout.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Listed)));
  return all.filter(({ target }) => target.id === group.id);
}

test('an exception suppresses its finding with reason and end, and leaves what is open as it is', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const { exitCode, stderr } = await add(id, '--until', inDays(10), '--reason', 'vendor has no VPN yet');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(await seen(id)).toMatchObject({
    workflow: 'SUPPRESSED',
    outcome: 'excepted',
    until: `${inDays(10)}T00:00:00.000Z`,
    note: expect.stringMatching(/tcp 22 from 0\.0\.0\.0\/0 may stay open until .*vendor has no VPN yet/) as string,
  });
  expect(await openOn(group)).toEqual(['22-22 0.0.0.0/0']);
  expect(await listed(group)).toMatchObject([
    {
      target: { account: MEMBER, id: group.id },
      control: 'EC2.13',
      source: '0.0.0.0/0',
      ports: [22],
      reason: 'vendor has no VPN yet',
      by: expect.stringContaining('arn:aws:') as string,
      until: `${inDays(10)}T00:00:00.000Z`,
      state: 'live',
    },
  ]);
  expect((await portcullis.domainEventsAbout(group)).map((event) => event['detail-type'])).toEqual(['Risk Accepted']);

  await portcullis.press(id);
  expect(await seen(id)).toMatchObject({ workflow: 'SUPPRESSED' });
  expect(await openOn(group)).toEqual(['22-22 0.0.0.0/0']);
});

test('a second port that is opened on the group is not covered: it is closed, and the first stays', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const first = await portcullis.importFinding(group, 'EC2.19');
  await add(first, '--until', inDays(10), '--reason', 'bastion of a vendor');
  expect(await seen(first)).toMatchObject({ workflow: 'SUPPRESSED' });
  await open(group, 3300, 3310);

  const second = await portcullis.importFinding(group, 'EC2.19');
  await portcullis.press(second);
  const result = await seen(second);
  expect(await openOn(group)).toEqual(['22-22 0.0.0.0/0']);
  expect(result).toMatchObject({ workflow: 'SUPPRESSED', outcome: 'excepted' });
  expect(result.note).toContain('What was open beyond it was closed');
  const record = await runAsOperator(portcullis, [
    'show',
    (await portcullis.findingOf(second)).UserDefinedFields?.['PortcullisRemediationId'] ?? '',
    '--json',
  ]);
  expect(JSON.parse(record.stdout)).toMatchObject({
    remediation: { outcome: 'excepted', exceptions: [{ control: 'EC2.19' }] },
  });
});

test('only the named port of a range stays: the rest of the rule is decided anew, which closes it', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(20, 25, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.19');
  await add(id, '--until', inDays(10), '--reason', 'ssh only', '--ports', '22');
  expect(await seen(id)).toMatchObject({ workflow: 'NEW', outcome: 'partly-excepted' });
  await portcullis.press(id);
  expect(await seen(id)).toMatchObject({ workflow: 'SUPPRESSED', outcome: 'excepted' });
  expect(await openOn(group)).toEqual(['22-22 0.0.0.0/0']);
});

test('ended by hand, its finding is NEW and people are notified; what is automatic is closed then', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(3389, 3389, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.14', { Workflow: { Status: 'NOTIFIED' } });
  await add(id, '--until', inDays(10), '--reason', 'for the move');
  expect(await seen(id)).toMatchObject({ workflow: 'SUPPRESSED' });
  const [exception] = await listed(group);
  const ended = await runAsOperator(portcullis, ['exceptions', 'end', exception?.exceptionId ?? '']);
  expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toEqual({ exitCode: 0, stderr: '' });
  // EC2.14 is automatic here.
  expect(await seen(id)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });
  expect(await openOn(group)).toEqual([]);
  expect(await listed(group)).toMatchObject([{ state: 'ended' }]);
  expect((await portcullis.domainEventsAbout(group)).map((event) => event['detail-type'])).toEqual([
    'Risk Accepted',
    'Exception Ended',
    'Ingress Closed',
  ]);
  const again = await runAsOperator(portcullis, ['exceptions', 'end', exception?.exceptionId ?? '']);
  expect(again.exitCode).toBe(2);
  expectOneLine(again, /has ended already/);
});

test('whose finding somebody takes out of SUPPRESSED in the console has ended', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await add(id, '--until', inDays(10), '--reason', 'for the move');
  expect(await seen(id)).toMatchObject({ workflow: 'SUPPRESSED' });
  const { Id, ProductArn } = await portcullis.findingOf(id);
  await portcullis.clients.securityHub(portcullis.hub).send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id, ProductArn }],
      Workflow: { Status: 'NEW' },
    }),
  );
  expect(await seen(id)).toMatchObject({
    workflow: 'NEW',
    outcome: 'exception-ended',
    note: expect.stringContaining('somebody took the finding out of SUPPRESSED') as string,
  });
  expect(await listed(group)).toMatchObject([{ state: 'ended', ended: { how: 'lifted' } }]);
  expect(await openOn(group)).toEqual(['22-22 0.0.0.0/0']);
});

test('Accept risk in the console lasts as long as the configuration says', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE, '::/0')]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.choose('Accept risk', id);
  const { until, ...rest } = await seen(id);
  expect(rest).toMatchObject({ workflow: 'SUPPRESSED', outcome: 'excepted' });
  expect(Date.parse(until ?? '') - portcullis.clock.now()).toBeGreaterThan(29 * DAY_MILLIS);
  expect(await listed(group)).toMatchObject([
    { source: '0.0.0.0/0, ::/0', reason: expect.stringContaining('Accepted in the console') as string },
  ]);
});

describe('what cannot be an exception is refused in one line, and nothing is changed', () => {
  let group: Group;
  let id: string;
  beforeAll(async () => {
    group = await portcullis.openGroup(PLACE, [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ANYWHERE }] }]);
    id = await portcullis.importFinding(group, 'EC2.18');
  });

  test.each([
    ['without a reason', () => ['--until', inDays(9), '--reason', ' '], 2, /reason: " " is empty|reason.*is empty/],
    ['with an end in the past', () => ['--until', inDays(-1), '--reason', 'x'], 2, /until: .* is over already; write/],
    ['beyond the maximum', () => ['--until', inDays(400), '--reason', 'x'], 2, /until: .* more than 90 days ahead/],
    ['with an end that is none', () => ['--until', '2027-02-30', '--reason', 'x'], 2, /until: .* is no day/],
    ['with ports that are none', () => ['--until', inDays(9), '--reason', 'x', '--ports', 'ssh'], 2, /ports: "ssh"/],
    [
      'from what is no block',
      () => ['--until', inDays(9), '--reason', 'x', '--source', '1.2.3'],
      2,
      /source: "1\.2\.3"/,
    ],
    ['for everything', () => ['--until', inDays(9), '--reason', 'x'], 1, /nearly every port/],
  ])('%s', async (_, options, exitCode, message) => {
    const result = await add(id, ...options());
    expectOneLine(result, message);
    expect(result.exitCode).toBe(exitCode);
    expect(await listed(group)).toEqual([]);
    expect(await seen(id)).toMatchObject({ workflow: 'NEW', note: '' });
  });
});

test('what is not open cannot be accepted', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const result = await add(id, '--until', inDays(9), '--reason', 'x', '--ports', '443');
  expectOneLine(result, /Nothing of what is to be accepted is open/);
  expect(result.exitCode).toBe(1);
  expect(await listed(group)).toEqual([]);
});

test('at its end the finding is NEW, people are notified, and policy decides anew: what is automatic is closed', async () => {
  const left = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const leftId = await portcullis.importFinding(left, 'EC2.13');
  const automatic = await portcullis.openGroup(PLACE, [tcp(3389, 3389, ANYWHERE)]);
  const automaticId = await portcullis.importFinding(automatic, 'EC2.14', { Workflow: { Status: 'NOTIFIED' } });
  for (const id of [leftId, automaticId]) await add(id, '--until', inDays(20), '--reason', 'for the move');
  expect(await seen(leftId)).toMatchObject({ workflow: 'SUPPRESSED' });
  expect(await seen(automaticId)).toMatchObject({ workflow: 'SUPPRESSED' });
  await portcullis.ask('clock/advance', { millis: 21 * DAY_MILLIS });
  expect(await seen(leftId)).toMatchObject({ workflow: 'NEW', outcome: 'exception-ended' });
  expect(await openOn(left)).toEqual(['22-22 0.0.0.0/0']);
  expect(await seen(automaticId)).toMatchObject({ workflow: 'RESOLVED', outcome: 'closed' });
  expect(await openOn(automatic)).toEqual([]);
  expect((await portcullis.domainEventsAbout(left)).map((event) => event['detail-type'])).toEqual([
    'Risk Accepted',
    'Exception Ending',
    'Exception Ended',
  ]);
  expect(await listed(left)).toMatchObject([{ state: 'ended', ended: { how: 'due' } }]);
});
