import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  type Tag,
} from '@aws-sdk/client-ec2';

let made = 0;

export const SSH_FROM_ANYWHERE: IpPermission = {
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
};

/** A group of a VPC of its own, with ingress and, where there are some, tags on its rules. */
export async function openGroup(ec2: EC2Client, permissions: IpPermission[], Tags: Tag[] = []): Promise<string> {
  const VpcId = await makeVpc(ec2);
  const GroupName = `occasion ${String(made++)}`;
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'x', VpcId }));
  return authorize(ec2, GroupId, permissions, Tags);
}

/** The default group of a VPC that nothing else is in. */
export async function openDefaultGroup(ec2: EC2Client, permissions: IpPermission[]): Promise<string> {
  const VpcId = await makeVpc(ec2);
  const { SecurityGroups = [] } = await ec2.send(
    new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'vpc-id', Values: [VpcId] }] }),
  );
  return authorize(ec2, SecurityGroups[0]?.GroupId, permissions, []);
}

/** A group that is open, and beside that lets in a prefix list, which opens nothing to the internet. */
export async function openGroupWithList(ec2: EC2Client): Promise<string> {
  const { PrefixList } = await ec2.send(
    new CreateManagedPrefixListCommand({
      PrefixListName: 'partners',
      AddressFamily: 'IPv4',
      MaxEntries: 3,
      Entries: [{ Cidr: '198.51.100.0/24' }],
    }),
  );
  const PrefixListIds = [{ PrefixListId: present(PrefixList?.PrefixListId) }];
  return openGroup(ec2, [SSH_FROM_ANYWHERE, { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds }]);
}

/** A network ACL with one entry that lets all tcp in from anywhere. */
export async function openNetworkAcl(ec2: EC2Client): Promise<string> {
  const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: await makeVpc(ec2) }));
  const NetworkAclId = present(NetworkAcl?.NetworkAclId);
  const entry = { RuleNumber: 100, RuleAction: 'allow', Egress: false, Protocol: '6', CidrBlock: '0.0.0.0/0' } as const;
  await ec2.send(new CreateNetworkAclEntryCommand({ ...entry, NetworkAclId, PortRange: { From: 0, To: 65535 } }));
  return NetworkAclId;
}

async function makeVpc(ec2: EC2Client): Promise<string> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
  return present(Vpc?.VpcId);
}

async function authorize(ec2: EC2Client, id: string | undefined, IpPermissions: IpPermission[], Tags: Tag[]) {
  const GroupId = present(id);
  const tagged =
    Tags.length === 0 ? {} : { TagSpecifications: [{ ResourceType: 'security-group-rule' as const, Tags }] };
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions, ...tagged }));
  return GroupId;
}

function present(id: string | undefined): string {
  if (id === undefined) throw new Error('EC2 answered no id');
  return id;
}
