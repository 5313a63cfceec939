import { randomUUID } from 'node:crypto';
import { AuthorizeSecurityGroupIngressCommand, ModifySecurityGroupRulesCommand } from '@aws-sdk/client-ec2';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOneLine, runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';

const PLACE = { account: MEMBER, region: 'us-east-1' };
const HOUR_MILLIS = 60 * 60 * 1000;
const WHO = '198.51.100.7/32';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

/** As the command line sends it; answers once everything that it began has ended. */
async function open(group: Group, fields: object = {}): Promise<number> {
  const { account, region, id } = group;
  const target = { kind: 'security-group', partition: 'aws', account, region, id };
  const body = { target, port: 22, source: WHO, for: '4h', reason: 'disk full on web-1' };
  const reply = await portcullis.commands.ask({ command: 'open', askId: randomUUID(), ...body, ...fields });
  await portcullis.settle();
  return reply.ok ? reply.value.status : 0;
}

const openOn = async (group: Group) =>
  (await portcullis.ingressOf(group)).map(({ FromPort, CidrIpv4 }) => `${String(FromPort)} ${CidrIpv4 ?? ''}`).sort();

const eventKindsAbout = async (group: Group) =>
  (await portcullis.domainEventsAbout(group)).map((event) => event['detail-type']);

async function pass(millis: number): Promise<void> {
  await portcullis.ask('clock/advance', { millis });
  await portcullis.settle();
}

interface Listed {
  readonly grantId: string;
  readonly openedBy: string;
  readonly target: { readonly id: string };
}

async function listed(group: Group): Promise<readonly Listed[]> {
  const aheadMillis = portcullis.clock.now() - Date.now();
  const { stdout } = await runAsOperator(portcullis, ['grants', 'list', '--all', '--json'], { aheadMillis });
  const all = stdout.split('\n').flatMap((line) => (line === '' ? [] : (JSON.parse(line) as Listed)));
  return all.filter(({ target }) => target.id === group.id);
}

/** Whether what the ledger holds of a group can be verified by somebody who believes nobody. */
async function verifies(remediationId: string): Promise<number | null> {
  const file = join(tmpdir(), `${remediationId}.json`);
  await runAsOperator(portcullis, ['show', remediationId, '--certificate', file, '--chain']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toBeInstanceOf(Array);
  return (await runAsOperator(portcullis, ['verify', file])).exitCode;
}

test('a grant opens for one source, is gone at its end, and both are shown, listed and certified', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(443, 443, ANYWHERE)]);
  const target = `${group.account}/${group.region}/${group.id}`;
  const options = ['--port', '22', '--source', WHO, '--for', '4h', '--reason', 'disk full on web-1'];
  const opened = await runAsOperator(portcullis, ['open', '--target', target, ...options]);
  expect({ exitCode: opened.exitCode, stderr: opened.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(opened.stdout).toMatch(/granted\. Opened tcp 22 from 198\.51\.100\.7\/32 .* until .*, and read back/);
  expect(await openOn(group)).toEqual(['22 198.51.100.7/32', '443 0.0.0.0/0']);
  expect(await listed(group)).toMatchObject([
    {
      port: 22,
      source: WHO,
      reason: 'disk full on web-1',
      by: expect.stringContaining('arn:') as string,
      state: 'live',
    },
  ]);
  await pass(3 * HOUR_MILLIS);
  expect(await openOn(group)).toEqual(['22 198.51.100.7/32', '443 0.0.0.0/0']);
  await pass(HOUR_MILLIS + 60_000);
  expect(await openOn(group)).toEqual(['443 0.0.0.0/0']);
  expect(await eventKindsAbout(group)).toEqual(['Access Granted', 'Access Ended']);
  const [grant] = await listed(group);
  expect(grant).toMatchObject({ state: 'ended', ended: { how: 'due' } });
  const story = await runAsOperator(portcullis, ['show', grant?.openedBy ?? '']);
  expect(story.stdout).toMatch(/grant grt-.* for .*: disk full on web-1/);
  expect(story.stdout).toMatch(/the end of the grant rem-.*: access-ended/);
  expect(await verifies(grant?.openedBy ?? '')).toBe(0);
});

test('ended by hand, it is gone at once; a second time it says that it has ended', async () => {
  const group = await portcullis.openGroup(PLACE, []);
  expect(await open(group)).toBe(200);
  const [grant] = await listed(group);
  const ended = await runAsOperator(portcullis, ['grants', 'end', grant?.grantId ?? '']);
  expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(await openOn(group)).toEqual([]);
  const again = await runAsOperator(portcullis, ['grants', 'end', grant?.grantId ?? '']);
  expect(again.exitCode).toBe(2);
  expectOneLine(again, /has ended already/);
  const undone = await runAsOperator(portcullis, ['undo', grant?.openedBy ?? '']);
  expect(undone.exitCode).toBe(2);
  expectOneLine(undone, /to end it: portcullis grants end grt-/);
});

test('what is open already gets no grant, and is there when its time would be over', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, WHO)]);
  expect(await open(group)).toBe(200);
  expect(await listed(group)).toEqual([]);
  await pass(5 * HOUR_MILLIS);
  expect(await openOn(group)).toEqual(['22 198.51.100.7/32']);
});

test('a rule that somebody has widened meanwhile is left, and people are notified', async () => {
  const group = await portcullis.openGroup(PLACE, []);
  await open(group);
  const [rule] = await portcullis.ingressOf(group);
  await portcullis.clients.ec2(group).send(
    new ModifySecurityGroupRulesCommand({
      GroupId: group.id,
      SecurityGroupRules: [
        {
          SecurityGroupRuleId: rule?.SecurityGroupRuleId,
          SecurityGroupRule: { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '198.51.100.0/24' },
        },
      ],
    }),
  );
  await pass(4 * HOUR_MILLIS + 60_000);
  expect(await openOn(group)).toEqual(['22 198.51.100.0/24']);
  expect(await eventKindsAbout(group)).toEqual(['Access Granted', 'Remediation Failed']);
  expect(await listed(group)).toMatchObject([{ state: 'ended', ended: { how: 'left' } }]);
});

test('an end that EC2 does not let happen is tried again until it does, and the alarm is raised meanwhile', async () => {
  const group = await portcullis.openGroup(PLACE, []);
  await open(group);
  await portcullis.misbehave({ kind: 'throttle', service: 'ec2', operation: 'RevokeSecurityGroupIngress' });
  await pass(4 * HOUR_MILLIS + 60_000);
  expect(await openOn(group)).toEqual(['22 198.51.100.7/32']);
  expect(await listed(group)).toMatchObject([{ state: 'overdue' }]);
  const [grant] = await listed(group);
  expect(await eventKindsAbout(group)).toContain('Remediation Failed');
  await portcullis.behave();
  await pass(2 * HOUR_MILLIS);
  expect(await openOn(group)).toEqual([]);
  expect((await eventKindsAbout(group)).at(-1)).toBe('Access Ended');
  expect(await verifies(grant?.openedBy ?? '')).toBe(0);
});

test('closing what a finding reports beside it leaves the grant, which ends in its time', async () => {
  const group = await portcullis.openGroup(PLACE, []);
  await open(group);
  await portcullis.clients
    .ec2(group)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(22, 22, ANYWHERE)] }));
  const id = await portcullis.importFinding(group, 'EC2.13');
  await portcullis.press(id);
  await portcullis.settle();
  expect(await openOn(group)).toEqual(['22 198.51.100.7/32']);
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
  await pass(4 * HOUR_MILLIS + 60_000);
  expect(await openOn(group)).toEqual([]);
});

describe('what may not be granted is refused in one line, and nothing is changed', () => {
  let group: Group;
  beforeAll(async () => {
    group = await portcullis.openGroup(PLACE, []);
  });

  const LONG = 'ÄБ漢'.repeat(33_000);

  test.each([
    ['the internet', { source: '0.0.0.0/0' }, 400],
    ['the internet of IPv6', { source: '::/0' }, 400],
    ['half of the internet', { source: '0.0.0.0/1' }, 400],
    ['a wider source than grants allows', { source: '198.51.100.0/24' }, 400],
    ['a wider source of IPv6', { source: '2001:db8::/64' }, 400],
    ['an address without a prefix length', { source: '198.51.100.7' }, 400],
    ['no address at all', { source: 'the office' }, 400],
    ['a longer time than the maximum', { for: '9h' }, 400],
    ['no time', { for: '0h' }, 400],
    ['a port that is not allowed', { port: 8080 }, 400],
    ['a port that is none', { port: 70_000 }, 400],
    ['no reason', { reason: '  ' }, 400],
    ['a reason of 100 KB in every script', { reason: LONG }, 400],
    ['a source of 100 KB', { source: LONG }, 400],
    ['a field that nobody knows', { decidedBy: 'the boss' }, 400],
    [
      'a group that does not exist',
      { target: { ...PLACE, partition: 'aws', kind: 'security-group', id: 'sg-0000000000000000f' } },
      200,
    ],
    [
      'a group of an account outside',
      {
        target: {
          ...PLACE,
          account: '999999999999',
          partition: 'aws',
          kind: 'security-group',
          id: 'sg-0000000000000000f',
        },
      },
      200,
    ],
  ])('%s', async (_, fields, status) => {
    expect(await open(group, fields)).toBe(status);
    expect(await openOn(group)).toEqual([]);
  });

  test('none of it has left a grant', async () => {
    expect(await listed(group)).toEqual([]);
    const { stdout } = await runAsOperator(portcullis, ['grants', 'list', '--all']);
    expect(stdout).not.toContain('sg-0000000000000000f');
  });
});
