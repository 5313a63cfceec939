import {
  AuthorizeSecurityGroupIngressCommand,
  CreateNetworkInterfaceCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  RunInstancesCommand,
  type IpPermission,
  type SecurityGroupRule,
} from '@aws-sdk/client-ec2';
import type { Clients } from './clients';
import type { ArnOf, Located, Place } from './place';

export type Group = Located;

/** Security groups as their owners make them and look at them. */
export interface Groups {
  /** In the default VPC, unless another is named. */
  openGroup(place: Place, permissions: IpPermission[], VpcId?: string, GroupName?: string): Promise<Group>;
  /** A VPC of its own: there EC2 refuses a revoke that does not match. */
  openVpc(place: Place, CidrBlock?: string): Promise<string>;
  /** The default group of a VPC, with the rules that EC2 gives it: everything from itself, everything out. */
  defaultGroupOf(place: Place, vpcId: string): Promise<Group>;
  /** A network interface in the group's VPC that uses the group; its id. */
  attachInterface(group: Group): Promise<string>;
  /** An instance of the default VPC, which has a public address, or of the group's own, which has none; its id. */
  runInstance(group: Group, name: string, hasAgent?: boolean): Promise<string>;
  /** Both directions. */
  rulesOf(group: Group): Promise<readonly SecurityGroupRule[]>;
  ingressOf(group: Group): Promise<readonly SecurityGroupRule[]>;
}

export function createGroups({ ec2 }: Clients, arnOf: ArnOf): Groups {
  let groups = 0;

  const toGroup = ({ account, region }: Place, id: string): Group => ({
    account,
    region,
    id,
    arn: arnOf('ec2', { account, region }, `security-group/${id}`),
  });

  async function rulesOf(group: Group): Promise<readonly SecurityGroupRule[]> {
    const { SecurityGroupRules = [] } = await ec2(group).send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group.id] }] }),
    );
    return SecurityGroupRules;
  }

  async function subnetOf(group: Group): Promise<string> {
    const { SecurityGroups = [] } = await ec2(group).send(new DescribeSecurityGroupsCommand({ GroupIds: [group.id] }));
    const { Subnets = [] } = await ec2(group).send(
      new DescribeSubnetsCommand({ Filters: [{ Name: 'vpc-id', Values: [SecurityGroups[0]?.VpcId ?? ''] }] }),
    );
    return Subnets[0]?.SubnetId ?? '';
  }

  return {
    async openGroup(place, permissions, VpcId, GroupName = `group-${String(++groups)}`) {
      const { GroupId = '' } = await ec2(place).send(
        new CreateSecurityGroupCommand({ GroupName, Description: 'Of a test', VpcId }),
      );
      if (permissions.length > 0) {
        await ec2(place).send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: permissions }));
      }
      return toGroup(place, GroupId);
    },

    async openVpc(place, CidrBlock = '10.9.0.0/16') {
      const { Vpc } = await ec2(place).send(new CreateVpcCommand({ CidrBlock }));
      return Vpc?.VpcId ?? '';
    },

    async defaultGroupOf(place, vpcId) {
      const { SecurityGroups = [] } = await ec2(place).send(
        new DescribeSecurityGroupsCommand({
          Filters: [
            { Name: 'vpc-id', Values: [vpcId] },
            { Name: 'group-name', Values: ['default'] },
          ],
        }),
      );
      return toGroup(place, SecurityGroups[0]?.GroupId ?? '');
    },

    async attachInterface(group) {
      const { NetworkInterface } = await ec2(group).send(
        new CreateNetworkInterfaceCommand({ SubnetId: await subnetOf(group), Groups: [group.id] }),
      );
      return NetworkInterface?.NetworkInterfaceId ?? '';
    },

    async runInstance(group, name, hasAgent = false) {
      const { Instances = [] } = await ec2(group).send(
        new RunInstancesCommand({
          ImageId: 'ami-0123456789abcdef0',
          MinCount: 1,
          MaxCount: 1,
          SubnetId: await subnetOf(group),
          SecurityGroupIds: [group.id],
          ...(hasAgent ? { IamInstanceProfile: { Name: 'sessions' } } : {}),
          TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: name }] }],
        }),
      );
      return Instances[0]?.InstanceId ?? '';
    },

    rulesOf,

    async ingressOf(group) {
      return (await rulesOf(group)).filter(({ IsEgress }) => IsEgress !== true);
    },
  };
}

export function tcp(from: number, to: number, ...sources: readonly string[]): IpPermission {
  return {
    IpProtocol: 'tcp',
    FromPort: from,
    ToPort: to,
    IpRanges: sources.filter((source) => !source.includes(':')).map((CidrIp) => ({ CidrIp })),
    Ipv6Ranges: sources.filter((source) => source.includes(':')).map((CidrIpv6) => ({ CidrIpv6 })),
  };
}
