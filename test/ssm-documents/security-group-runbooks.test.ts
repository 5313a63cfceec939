import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeVpcsCommand,
  type SecurityGroupRule as Ec2Rule,
} from '@aws-sdk/client-ec2';
import type { SecurityGroupRule } from '../../src/core/network/security-group-rule';
import type { PlanStep } from '../../src/core/planning/plan';
import type { Target } from '../../src/core/target';
import { home, member } from '../sandbox/small-sandbox';
import { deployMember, REMEDIATION, synthesizeMember, type DeployedMember } from './deployed-member';

const synthesized = synthesizeMember();
afterAll(() => {
  synthesized.remove();
});

let deployed: DeployedMember;
let target: Target;
let vpcId: string;

beforeEach(async () => {
  deployed = await deployMember(synthesized.directory);
  const { Vpc } = await deployed.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  vpcId = Vpc?.VpcId ?? '';
  target = groupTarget(await createGroup('web'));
});

afterEach(async () => {
  await deployed.stop();
});

function groupTarget(id: string): Target {
  return { kind: 'security-group', partition: 'aws', account: member, region: home, id };
}

async function createGroup(name: string): Promise<string> {
  const { GroupId = '' } = await deployed.ec2.send(
    new CreateSecurityGroupCommand({ GroupName: name, Description: name, VpcId: vpcId }),
  );
  return GroupId;
}

async function defaultGroup(): Promise<Target> {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups } = await deployed.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return groupTarget(SecurityGroups?.[0]?.GroupId ?? '');
}

async function rulesOf({ id }: Target, isEgress: boolean): Promise<readonly Ec2Rule[]> {
  const Filters = [{ Name: 'group-id', Values: [id] }];
  const { SecurityGroupRules = [] } = await deployed.ec2.send(new DescribeSecurityGroupRulesCommand({ Filters }));
  return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === isEgress);
}

async function open(port: number, CidrIp = '0.0.0.0/0'): Promise<void> {
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp }] }];
  await deployed.ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: target.id, IpPermissions }));
}

const tcp = (port: number, fields: Partial<SecurityGroupRule> = {}): SecurityGroupRule => ({
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...((fields.CidrIpv6 ?? fields.PrefixListId ?? fields.ReferencedGroupInfo) ? {} : { CidrIpv4: '0.0.0.0/0' }),
  ...fields,
});

const step = (call: 'AuthorizeSecurityGroupIngress' | 'RevokeSecurityGroupIngress', ...rules: SecurityGroupRule[]) =>
  ({ call, rules }) satisfies PlanStep;

const ALL_OUT: SecurityGroupRule = { IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
const SUCCEEDED = { kind: 'succeeded' };

describe('CloseSecurityGroupIngress', () => {
  test('revokes every kind of source in one run, and nothing else', async () => {
    const GroupId = await createGroup('app');
    const { PrefixList } = await deployed.ec2.send(
      new CreateManagedPrefixListCommand({ PrefixListName: 'p', AddressFamily: 'IPv4', MaxEntries: 3 }),
    );
    const PrefixListId = PrefixList?.PrefixListId ?? '';
    const rules = [
      tcp(22),
      tcp(22, { CidrIpv6: '::/0' }),
      tcp(22, { PrefixListId }),
      tcp(22, { ReferencedGroupInfo: { GroupId, UserId: member } }),
    ];
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', ...rules))).toEqual(SUCCEEDED);
    await open(443);
    expect(await rulesOf(target, false)).toHaveLength(5);

    expect(await deployed.run(target, step('RevokeSecurityGroupIngress', ...rules))).toEqual(SUCCEEDED);
    expect(await rulesOf(target, false)).toMatchObject([{ FromPort: 443 }]);
  });

  test('revokes nothing when one of the rules was narrowed in the meantime', async () => {
    await open(22, '198.51.100.0/24');
    await open(22, '0.0.0.0/1');
    const rules = [tcp(22, { CidrIpv4: '0.0.0.0/1' }), tcp(22, { CidrIpv4: '128.0.0.0/1' })];
    expect(await deployed.run(target, step('RevokeSecurityGroupIngress', ...rules))).toMatchObject({
      kind: 'failed',
      code: 'InvalidPermission.NotFound',
    });
    expect(await rulesOf(target, false)).toHaveLength(2);
  });

  test('in a default VPC revokes what does exist, and leaves a narrowed rule alone', async () => {
    const Filters = [{ Name: 'is-default', Values: ['true'] }];
    const { Vpcs } = await deployed.ec2.send(new DescribeVpcsCommand({ Filters }));
    vpcId = Vpcs?.[0]?.VpcId ?? '';
    target = groupTarget(await createGroup('in-default-vpc'));
    await open(22, '198.51.100.0/24');
    await open(22, '0.0.0.0/1');
    const rules = [tcp(22, { CidrIpv4: '0.0.0.0/1' }), tcp(22, { CidrIpv4: '128.0.0.0/1' })];
    expect(await deployed.run(target, step('RevokeSecurityGroupIngress', ...rules))).toEqual(SUCCEEDED);
    expect(await rulesOf(target, false)).toMatchObject([{ CidrIpv4: '198.51.100.0/24' }]);
  });

  test('says that the group is gone', async () => {
    const gone = groupTarget('sg-0ffffffffffffffff');
    expect(await deployed.run(gone, step('RevokeSecurityGroupIngress', tcp(22)))).toMatchObject({
      kind: 'failed',
      code: 'InvalidGroup.NotFound',
    });
  });
});

describe('AuthorizeSecurityGroupIngress', () => {
  test('adds nothing when one of the rules is there already', async () => {
    await open(443);
    const rules = [tcp(443, { CidrIpv6: '::/0' }), tcp(443)];
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', ...rules))).toMatchObject({
      kind: 'failed',
      code: 'InvalidPermission.Duplicate',
    });
    expect(await rulesOf(target, false)).toHaveLength(1);
  });

  test('adds nothing to a group that is full', async () => {
    for (let port = 1; port <= 60; port++) await open(port);
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', tcp(443)))).toMatchObject({
      kind: 'failed',
      code: 'RulesPerSecurityGroupLimitExceeded',
    });
    expect(await rulesOf(target, false)).toHaveLength(60);
  });
});

describe('RevokeSecurityGroupEgress', () => {
  test('revokes the egress of a default group', async () => {
    const group = await defaultGroup();
    expect(await rulesOf(group, true)).toHaveLength(1);
    expect(await deployed.run(group, { call: 'RevokeSecurityGroupEgress', rules: [ALL_OUT] })).toEqual(SUCCEEDED);
    expect(await rulesOf(group, true)).toEqual([]);
  });

  test('revokes nothing that differs', async () => {
    const group = await defaultGroup();
    const other = { ...ALL_OUT, IpProtocol: 'tcp', FromPort: 443, ToPort: 443 };
    expect(await deployed.run(group, { call: 'RevokeSecurityGroupEgress', rules: [other] })).toMatchObject({
      kind: 'failed',
      code: 'InvalidPermission.NotFound',
    });
    expect(await rulesOf(group, true)).toHaveLength(1);
  });

  test('never touches ingress', async () => {
    const group = await defaultGroup();
    const before = await rulesOf(group, false);
    expect(before).toHaveLength(1);
    await deployed.run(group, { call: 'RevokeSecurityGroupEgress', rules: [ALL_OUT] });
    expect(await rulesOf(group, false)).toEqual(before);
  });
});

describe('an undo', () => {
  const Tags = [{ Key: 'owner', Value: 'web' }];

  test('puts back ingress with its description and its own tags, and no tag of ours', async () => {
    const rule = tcp(22, { Description: 'Bastion', Tags });
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', rule), 'undo')).toEqual(SUCCEEDED);
    expect(await rulesOf(target, false)).toMatchObject([{ FromPort: 22, Description: 'Bastion', Tags }]);
  });

  test('puts back ingress that had no tags', async () => {
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', tcp(22)), 'undo')).toEqual(SUCCEEDED);
    const [rule] = await rulesOf(target, false);
    expect(rule?.Tags ?? []).toEqual([]);
  });

  test.each([{ tags: [] }, { tags: Tags }])('puts back egress with the tags $tags', async ({ tags }) => {
    const group = await defaultGroup();
    await deployed.run(group, { call: 'RevokeSecurityGroupEgress', rules: [ALL_OUT] });
    const restored = { ...ALL_OUT, Description: 'out', Tags: tags };
    expect(await deployed.run(group, { call: 'AuthorizeSecurityGroupEgress', rules: [restored] }, 'undo')).toEqual(
      SUCCEEDED,
    );
    const [rule, ...others] = await rulesOf(group, true);
    expect(others).toEqual([]);
    expect(rule).toMatchObject({ IpProtocol: '-1', CidrIpv4: '0.0.0.0/0', Description: 'out' });
    expect(rule?.Tags ?? []).toEqual(tags);
  });

  test('leaves alone what somebody else has put there', async () => {
    await open(22);
    expect(await deployed.run(target, step('AuthorizeSecurityGroupIngress', tcp(22)), 'undo')).toMatchObject({
      kind: 'failed',
      code: 'InvalidPermission.Duplicate',
    });
  });
});

describe('the roles', () => {
  test.each([
    { call: 'RevokeSecurityGroupIngress', rule: tcp(22) },
    { call: 'AuthorizeSecurityGroupIngress', rule: tcp(23) },
    { call: 'RevokeSecurityGroupEgress', rule: ALL_OUT },
    { call: 'AuthorizeSecurityGroupEgress', rule: { ...ALL_OUT, CidrIpv4: '10.0.0.0/8' } },
  ] as const)('that are denied $call say so', async ({ call, rule }) => {
    await open(22);
    deployed.sandbox.world.faults.add({ kind: 'deny', service: 'ec2', operation: call });
    expect(await deployed.run(target, { call, rules: [rule] }, 'undo')).toMatchObject({
      kind: 'failed',
      code: 'UnauthorizedOperation',
    });
  });

  test('read what the runbooks change, and the prefix lists and interfaces around it', async () => {
    const observed = await deployed.targets.observe(await defaultGroup(), REMEDIATION);
    expect(observed).toMatchObject({
      value: { kind: 'found', resource: { name: 'default', attachedInterfaceIds: [] } },
    });
  });
});

describe('throttling', () => {
  test('is what SSM tries again, within the run', async () => {
    await open(22);
    deployed.sandbox.world.faults.add({
      kind: 'throttle',
      service: 'ec2',
      operation: 'RevokeSecurityGroupIngress',
      times: 2,
    });
    expect(await deployed.run(target, step('RevokeSecurityGroupIngress', tcp(22)))).toEqual(SUCCEEDED);
  });
});
