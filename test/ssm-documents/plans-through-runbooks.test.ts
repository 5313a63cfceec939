import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
} from '@aws-sdk/client-ec2';
import type { ControlId } from '../../src/core/controls/control-id';
import type { NetworkAclEntry } from '../../src/core/network/network-acl';
import { planClosing } from '../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { planUndo } from '../../src/core/planning/undo/plan-undo';
import type { Resource } from '../../src/core/resource';
import type { Target } from '../../src/core/target';
import { toVerdict } from '../../src/core/verification/to-verdict';
import { home, member } from '../sandbox/small-sandbox';
import { deployMember, REMEDIATION, synthesizeMember, type DeployedMember } from './deployed-member';

const synthesized = synthesizeMember();
afterAll(() => {
  synthesized.remove();
});

let deployed: DeployedMember;
let vpcId: string;

beforeEach(async () => {
  deployed = await deployMember(synthesized.directory);
  const { Vpc } = await deployed.ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  vpcId = Vpc?.VpcId ?? '';
});

afterEach(async () => {
  await deployed.stop();
});

async function read(target: Target): Promise<Resource> {
  const observed = await deployed.targets.observe(target, REMEDIATION);
  if (!observed.ok || observed.value.kind === 'gone') throw new Error(`${target.id} cannot be read`);
  return observed.value.resource;
}

/** What is compared: rules without the ids that EC2 gives anew, in any order. */
function contents(resource: Resource): readonly string[] {
  const parts =
    resource.kind === 'network-acl'
      ? resource.entries
      : resource.rules.map(({ SecurityGroupRuleId, ...rule }) => (SecurityGroupRuleId === undefined ? [] : rule));
  return parts.map((part) => JSON.stringify(part)).sort();
}

/** Closes, undoes and closes again, each by the runbooks and the deployed roles. */
async function closeUndoClose(target: Target, control: ControlId): Promise<void> {
  const controls = [{ id: control, parameters: [] }];
  const close = async () => {
    const before = await read(target);
    const plan = planClosing({ resource: before, controls, policy: DEFAULT_PLAN_POLICY });
    expect(plan.ask).toEqual([]);
    expect(plan.steps).not.toEqual([]);
    for (const step of plan.steps) expect(await deployed.run(target, step)).toEqual({ kind: 'succeeded' });
    expect(toVerdict({ kind: 'found', resource: await read(target) }, controls)).toMatchObject({ kind: 'closed' });
    return {
      before,
      runs: plan.steps.map((step) => ({ runId: REMEDIATION, step, end: 'effect-seen' as const })),
    };
  };

  const closing = await close();
  const undo = planUndo({ ...closing, current: await read(target) });
  expect(undo.leftAlone).toEqual([]);
  for (const step of undo.steps) expect(await deployed.run(target, step, 'undo')).toEqual({ kind: 'succeeded' });
  expect(contents(await read(target))).toEqual(contents(closing.before));
  await close();
}

const at = (kind: Target['kind'], id = ''): Target => ({ kind, partition: 'aws', account: member, region: home, id });

const everything = { RuleNumber: 100, Egress: false, RuleAction: 'allow', Protocol: '-1' } as const;

test.each<{ name: string; entries: readonly NetworkAclEntry[] }>([
  { name: 'all protocols from IPv4', entries: [{ ...everything, CidrBlock: '0.0.0.0/0' }] },
  {
    name: 'all protocols from IPv4, tcp from IPv6, and everything out',
    entries: [
      { ...everything, CidrBlock: '0.0.0.0/0' },
      { ...everything, RuleNumber: 200, Protocol: '6', Ipv6CidrBlock: '::/0', PortRange: { From: 0, To: 65_535 } },
      { ...everything, Egress: true, CidrBlock: '0.0.0.0/0' },
    ],
  },
  {
    name: 'tcp 22, udp ports behind it, and icmp',
    entries: [
      { ...everything, Protocol: '6', CidrBlock: '0.0.0.0/0', PortRange: { From: 22, To: 22 } },
      { ...everything, RuleNumber: 110, Protocol: '17', CidrBlock: '0.0.0.0/0', PortRange: { From: 1024, To: 65_535 } },
      { ...everything, RuleNumber: 120, Protocol: '1', CidrBlock: '0.0.0.0/0', IcmpTypeCode: { Type: 8, Code: -1 } },
    ],
  },
])('a network ACL that lets in $name is closed, undone and closed again', async ({ entries }) => {
  const { NetworkAcl } = await deployed.ec2.send(new CreateNetworkAclCommand({ VpcId: vpcId }));
  const NetworkAclId = NetworkAcl?.NetworkAclId;
  for (const entry of entries) await deployed.ec2.send(new CreateNetworkAclEntryCommand({ NetworkAclId, ...entry }));
  await closeUndoClose(at('network-acl', NetworkAclId), 'EC2.21');
});

test('a default group is emptied in both directions, filled again and emptied again', async () => {
  const Filters = [
    { Name: 'vpc-id', Values: [vpcId] },
    { Name: 'group-name', Values: ['default'] },
  ];
  const { SecurityGroups } = await deployed.ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  const GroupId = SecurityGroups?.[0]?.GroupId;
  const tagged = { ResourceType: 'security-group-rule' as const, Tags: [{ Key: 'owner', Value: 'web' }] };
  await deployed.ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '0.0.0.0/0', Description: 'Web' }],
          Ipv6Ranges: [{ CidrIpv6: '::/0' }],
        },
      ],
      TagSpecifications: [tagged],
    }),
  );
  await closeUndoClose(at('security-group', GroupId), 'EC2.2');
});
