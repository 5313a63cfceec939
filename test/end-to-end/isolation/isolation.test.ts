import {
  AttachNetworkInterfaceCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteSecurityGroupCommand,
  DeleteTagsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  ModifyNetworkInterfaceAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runAsOperator } from '../../cli/operator-cli';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../deployed-portcullis';

const PLACE = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

const ec2 = () => portcullis.clients.ec2(PLACE);

interface Machine {
  readonly id: string;
  readonly arn: string;
  readonly account: string;
  readonly region: string;
  readonly interfaces: readonly string[];
  readonly groups: readonly string[];
  readonly findingId: string;
}

let names = 0;

async function group(): Promise<string> {
  const made = await ec2().send(new CreateSecurityGroupCommand({ GroupName: `g${String(++names)}`, Description: 'x' }));
  return made.GroupId ?? '';
}

/** An instance with two groups on its first interface, and what else a test wants; with a finding of GuardDuty. */
async function machine(more: { readonly second?: string } = {}): Promise<Machine> {
  const groups = [await group(), await group()].sort();
  const { Instances = [] } = await ec2().send(
    new RunInstancesCommand({ ImageId: 'ami-0123456789abcdef0', MinCount: 1, MaxCount: 1, SecurityGroupIds: groups }),
  );
  const [{ InstanceId: id = '', SubnetId = '' } = {}] = Instances;
  if (more.second !== undefined) {
    const { NetworkInterface } = await ec2().send(
      new CreateNetworkInterfaceCommand({ SubnetId, Groups: [groups[0] ?? ''], Description: more.second }),
    );
    await ec2().send(
      new AttachNetworkInterfaceCommand({
        InstanceId: id,
        NetworkInterfaceId: NetworkInterface?.NetworkInterfaceId,
        DeviceIndex: 1,
      }),
    );
  }
  const arn = `arn:aws:ec2:${PLACE.region}:${PLACE.account}:instance/${id}`;
  const interfaces = Object.keys(await groupsOf(id)).sort();
  const findingId = await finding({ id, arn }, 'AwsEc2Instance');
  return { id, arn, ...PLACE, interfaces, groups, findingId };
}

function finding({ id, arn }: { readonly id: string; readonly arn: string }, Type: string): Promise<string> {
  const { region } = PLACE;
  return portcullis.importFinding({ ...PLACE, id, arn }, 'none', {
    Id: `arn:aws:guardduty:${region}:${MEMBER}:detector/d/finding/${id}`,
    ProductArn: `arn:aws:securityhub:${region}::product/aws/guardduty`,
    GeneratorId: 'arn:aws:guardduty',
    Types: ['TTPs/Command and Control/Backdoor:EC2-C&CActivity.B!DNS'],
    Title: 'The instance queries a domain of a command and control server',
    Resources: [{ Type, Id: arn, Partition: 'aws', Region: region }],
    Compliance: undefined,
  });
}

/** Groups by interface. */
async function groupsOf(instanceId: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const Filters = [{ Name: 'attachment.instance-id', Values: [instanceId] }];
  const { NetworkInterfaces = [] } = await ec2().send(new DescribeNetworkInterfacesCommand({ Filters }));
  return Object.fromEntries(
    NetworkInterfaces.map(({ NetworkInterfaceId = '', Groups = [] }) => [
      NetworkInterfaceId,
      Groups.map(({ GroupId = '' }) => GroupId).sort(),
    ]),
  );
}

async function isolatingGroups() {
  const Filters = [{ Name: 'group-name', Values: ['Portcullis-Isolation'] }];
  return (await ec2().send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups ?? [];
}

async function rulesOf(groupId: string): Promise<number> {
  const Filters = [{ Name: 'group-id', Values: [groupId] }];
  return ((await ec2().send(new DescribeSecurityGroupRulesCommand({ Filters }))).SecurityGroupRules ?? []).length;
}

async function choose(action: string, { findingId }: Pick<Machine, 'findingId'>, clicks = 1) {
  await portcullis.choose(action, ...Array<string>(clicks).fill(findingId));
  await portcullis.settle();
  const { Workflow, Note, UserDefinedFields } = await portcullis.findingOf(findingId);
  return {
    workflow: Workflow?.Status,
    note: Note?.Text ?? '',
    outcome: UserDefinedFields?.['PortcullisOutcome'],
    remediationId: UserDefinedFields?.['PortcullisRemediationId'] ?? '',
  };
}

/** Whether certificates hold for somebody who believes nobody. */
async function verifies(remediationId: string): Promise<{ readonly exitCode: number | null; readonly stdout: string }> {
  const file = join(tmpdir(), `${remediationId}.json`);
  await runAsOperator(portcullis, ['show', remediationId, '--certificate', file, '--chain']);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toBeInstanceOf(Array);
  return runAsOperator(portcullis, ['verify', file]);
}

const eventKindsAbout = async (of: Machine) =>
  (await portcullis.domainEventsAbout(of)).map((event) => event['detail-type']);

test('an instance is isolated by an empty group of its VPC, and gets its groups back', async () => {
  const one = await machine({ second: 'data' });
  const before = await groupsOf(one.id);
  const isolated = await choose('Isolate', one);
  const [isolating, ...others] = await isolatingGroups();
  expect(others).toEqual([]);
  const id = isolating?.GroupId ?? '';
  expect(isolated).toMatchObject({ workflow: 'NOTIFIED', outcome: 'isolated' });
  expect(isolated.note).toContain(`Portcullis isolated ${one.id}. Read back: only ${id}, which is empty, is left`);
  expect(isolated.note).toMatch(/Tracked connections that are open go on/);
  expect(await groupsOf(one.id)).toEqual(Object.fromEntries(one.interfaces.map((each) => [each, [id]])));
  expect(await rulesOf(id)).toBe(0);
  expect(isolating).toMatchObject({ Tags: [{ Key: 'portcullis:isolating', Value: 'Portcullis-Isolation' }] });
  expect(await verifies(isolated.remediationId)).toMatchObject({ exitCode: 0 });

  const undone = await choose('Undo closing', one);
  expect(undone).toMatchObject({ workflow: 'NEW', outcome: 'undone' });
  expect(undone.note).toContain(`Portcullis undid isolation ${isolated.remediationId} of ${one.id}.`);
  expect(await groupsOf(one.id)).toEqual(before);
  expect(await verifies(undone.remediationId)).toMatchObject({ exitCode: 0 });
  expect(await eventKindsAbout(one)).toEqual(['Target Isolated', 'Isolation Undone']);
  const again = await choose('Undo closing', one);
  expect(again.note).toMatch(/Portcullis did not undo|Portcullis undid/);
});

test('what it is about, what was there and what was done are shown on a terminal, which undoes it too', async () => {
  const one = await machine();
  const before = await groupsOf(one.id);
  const { remediationId } = await choose('Isolate', one);
  const story = await runAsOperator(portcullis, ['show', remediationId]);
  expect(story.stdout).toContain(`isolate of ${one.arn}`);
  expect(story.stdout).toContain(`${one.groups.join(', ')} on ${one.interfaces[0] ?? ''}`);
  expect(story.stdout).toMatch(/give eni-\w+ sg-\w+ in place of .*: done, and seen \(ModifyNetworkInterfaceAttribute/);
  const undone = await runAsOperator(portcullis, ['undo', remediationId]);
  expect({ exitCode: undone.exitCode, stderr: undone.stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(await groupsOf(one.id)).toEqual(before);
});

test.each(['instance', 'interface', 'VPC'])('the tag of the %s forbids it', async (where) => {
  const one = await machine();
  const before = await groupsOf(one.id);
  const [first = ''] = one.interfaces;
  const vpcId = (await ec2().send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [first] })))
    .NetworkInterfaces?.[0]?.VpcId;
  const tagged = { instance: one.id, interface: first, VPC: vpcId ?? '' }[where] ?? '';
  const tags = [{ Key: 'portcullis:isolate', Value: 'deny' }];
  await ec2().send(new CreateTagsCommand({ Resources: [tagged], Tags: tags }));
  const refused = await choose('Isolate', one);
  await ec2().send(new DeleteTagsCommand({ Resources: [tagged], Tags: tags }));
  expect(refused).toMatchObject({ workflow: 'NEW', outcome: undefined });
  expect(refused.note).toContain(`${tagged} has the tag portcullis:isolate = deny, which forbids it`);
  expect(await groupsOf(one.id)).toEqual(before);
});

test('where tags cannot be read nothing is isolated', async () => {
  const one = await machine();
  const before = await groupsOf(one.id);
  await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'DescribeVpcs' });
  const refused = await choose('Isolate', one);
  await portcullis.behave();
  expect(refused.note).toMatch(/did not isolate .* The VPCs of .* cannot be read/);
  expect(await groupsOf(one.id)).toEqual(before);
});

test('a finding about something else is answered in its note', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(443, 443, ANYWHERE)]);
  const answered = await choose('Isolate', { findingId: await portcullis.importFinding(group, 'EC2.19') });
  expect(answered.workflow).toBe('NEW');
  expect(answered.note).toContain(`Isolate is for findings about an instance or a network interface`);
  expect(answered.note).toContain(`It is about ${group.id}.`);
});

test('a finding about an interface isolates that one alone', async () => {
  const one = await machine({ second: 'data' });
  const [first = '', second = ''] = one.interfaces;
  const before = await groupsOf(one.id);
  const arn = `arn:aws:ec2:${PLACE.region}:${MEMBER}:network-interface/${second}`;
  const findingId = await finding({ id: second, arn }, 'AwsEc2NetworkInterface');
  const isolated = await choose('Isolate', { findingId });
  expect(isolated.outcome).toBe('isolated');
  expect(isolated.note).toContain(`Other interfaces of ${one.id} are as they were.`);
  expect((await groupsOf(one.id))[first]).toEqual(before[first]);
  expect(await verifies(isolated.remediationId)).toMatchObject({ exitCode: 0 });
  expect((await choose('Undo closing', { findingId })).outcome).toBe('undone');
  expect(await groupsOf(one.id)).toEqual(before);
});

test('an interface that a service manages is named, and nobody calls the instance isolated', async () => {
  const one = await machine({ second: 'ECS trunk branch of a task' });
  const before = await groupsOf(one.id);
  const isolated = await choose('Isolate', one);
  expect(isolated).toMatchObject({ workflow: 'NOTIFIED', outcome: 'partly-isolated' });
  expect(isolated.note).toMatch(/in part: take it for reachable\. Not isolated: eni-\w+ \(managed by amazon-ecs/);
  expect(await verifies(isolated.remediationId)).toMatchObject({ exitCode: 0 });
  expect((await choose('Undo closing', one)).outcome).toBe('undone');
  expect(await groupsOf(one.id)).toEqual(before);
});

test('groups that somebody has changed since are left alone, and groups that are gone are said', async () => {
  const one = await machine({ second: 'data' });
  const [first = '', second = ''] = one.interfaces;
  const before = await groupsOf(one.id);
  const [kept = '', gone = ''] = one.groups;
  await choose('Isolate', one);
  const forensics = await group();
  const changed = before[first]?.length === 1 ? first : second;
  const Groups = [forensics];
  await ec2().send(new ModifyNetworkInterfaceAttributeCommand({ NetworkInterfaceId: changed, Groups }));
  await ec2().send(new DeleteSecurityGroupCommand({ GroupId: gone }));
  const undone = await choose('Undo closing', one);
  expect(undone).toMatchObject({ workflow: 'NEW', outcome: 'partly-undone' });
  expect(undone.note).toContain(`${changed} was left alone: somebody gave it ${forensics} since.`);
  expect(undone.note).toContain(`${gone} of`);
  const other = changed === first ? second : first;
  expect(await groupsOf(one.id)).toEqual({ [changed]: [forensics], [other]: [kept] });
  expect(await verifies(undone.remediationId)).toMatchObject({ exitCode: 0 });
});

test('rules that somebody added to the isolating group are revoked before anything is isolated with it', async () => {
  const [isolating] = await isolatingGroups();
  const GroupId = isolating?.GroupId ?? '';
  await ec2().send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [tcp(22, 22, ANYWHERE)] }));
  const one = await machine();
  const isolated = await choose('Isolate', one);
  expect(isolated.outcome).toBe('isolated');
  expect(isolated.note).toContain(`${GroupId} had rules, which were revoked: tcp 22 from 0.0.0.0/0 (sgr-`);
  expect(await rulesOf(GroupId)).toBe(0);
});

test('two clicks are one isolation, and a third one says that it is isolated already', async () => {
  const one = await machine();
  const before = await groupsOf(one.id);
  expect((await choose('Isolate', one, 2)).outcome).toBe('isolated');
  const third = await choose('Isolate', one);
  expect(third).toMatchObject({ workflow: 'NOTIFIED', outcome: 'already-isolated' });
  expect(await verifies(third.remediationId)).toMatchObject({ exitCode: 0 });
  expect((await choose('Undo closing', one)).outcome).toBe('undone');
  expect(await groupsOf(one.id)).toEqual(before);
  expect((await choose('Undo closing', one)).note).toMatch(/Nothing|undone already|did not undo/i);
});

test.each([
  ['before it has started the call', 'start ModifyNetworkInterfaceAttribute 0.0', 'before-checkpoint'],
  ['behind it', 'start ModifyNetworkInterfaceAttribute 0.0', 'after-checkpoint'],
])(
  'an orchestrator that is killed %s isolates after all, and what was there comes back',
  async (_, operation, moment) => {
    const one = await machine();
    const before = await groupsOf(one.id);
    await portcullis.kill({ operation, action: 'SUCCEED', moment });
    expect((await choose('Isolate', one)).outcome).toBe('isolated');
    expect((await portcullis.kill({})).armed).toEqual([]);
    expect((await choose('Undo closing', one)).outcome).toBe('undone');
    expect(await groupsOf(one.id)).toEqual(before);
  },
);

test('a runbook that may not replace groups leaves them as they were, and says so', async () => {
  const one = await machine();
  const before = await groupsOf(one.id);
  await portcullis.misbehave({ kind: 'deny', service: 'ec2', operation: 'ModifyNetworkInterfaceAttribute' });
  const failed = await choose('Isolate', one);
  await portcullis.behave();
  expect(failed.note).toMatch(/did not isolate .*UnauthorizedOperation/);
  expect(failed.workflow).toBe('NEW');
  expect(await groupsOf(one.id)).toEqual(before);
  expect(await eventKindsAbout(one)).toEqual(['Remediation Failed']);
});
