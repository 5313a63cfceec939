import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
} from '@aws-sdk/client-ec2';

/** Security groups by name, each open in a way of its own. */
const GROUPS: Readonly<Record<string, readonly IpPermission[]>> = {
  ssh: [ports('tcp', 22, 22, '0.0.0.0/0', '10.0.0.0/8'), ports('tcp', 443, 443, '0.0.0.0/0')],
  rdp: [ports('tcp', 3000, 4000, '::/0')],
  everything: [ports('-1', -1, -1, '0.0.0.0/0')],
  'every tcp port': [ports('tcp', 0, 65535, '::/0')],
  'every udp port': [ports('udp', 0, 65535, '0.0.0.0/0')],
  proxy: [ports('tcp', 8080, 8080, '0.0.0.0/0')],
  closed: [ports('tcp', 22, 22, '10.0.0.0/8')],
};

/** Ids by what they are called here. */
export type OpenTargets = Readonly<Record<string, string>>;

/** Makes them all, with the default group and a network ACL of a VPC, which are open too. */
export async function openTargets(ec2: EC2Client): Promise<OpenTargets> {
  const targets: Record<string, string> = {};
  for (const [name, permissions] of Object.entries(GROUPS)) {
    const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName: name, Description: 'Scanned' }));
    targets[name] = await open(ec2, made.GroupId, permissions);
  }
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }] }),
  );
  targets['default group'] = await open(ec2, SecurityGroups[0]?.GroupId, [ports('tcp', 22, 22, '0.0.0.0/0')]);
  targets['network ACL'] = await openNetworkAcl(ec2, Vpc?.VpcId);
  return targets;
}

async function open(ec2: EC2Client, GroupId: string | undefined, permissions: readonly IpPermission[]) {
  if (GroupId === undefined) throw new Error('EC2 answered no group');
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [...permissions] }));
  return GroupId;
}

async function openNetworkAcl(ec2: EC2Client, VpcId: string | undefined): Promise<string> {
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
  const NetworkAclId = NetworkAcl?.NetworkAclId;
  if (NetworkAclId === undefined) throw new Error('EC2 answered no network ACL');
  await ec2.send(
    new CreateNetworkAclEntryCommand({
      NetworkAclId,
      RuleNumber: 100,
      RuleAction: 'allow',
      Egress: false,
      Protocol: '-1',
      CidrBlock: '0.0.0.0/0',
    }),
  );
  return NetworkAclId;
}

function ports(IpProtocol: string, FromPort: number, ToPort: number, ...sources: readonly string[]): IpPermission {
  return {
    IpProtocol,
    FromPort,
    ToPort,
    IpRanges: sources.filter((source) => !source.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: sources.filter((source) => source.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
  };
}
