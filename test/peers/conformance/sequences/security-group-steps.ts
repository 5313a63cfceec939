import type { IpPermission } from '@aws-sdk/client-ec2';
import type { Step } from '../sequence';

/** A group of its own VPC, kept as `group`. */
export function ownGroup(name: string): readonly Step[] {
  return [
    {
      call: 'ec2:CreateVpc',
      input: { CidrBlock: '10.7.0.0/16' },
      keep: { vpc: 'Vpc.VpcId' },
      compare: ['Vpc.CidrBlock', 'Vpc.IsDefault', 'Vpc.OwnerId'],
    },
    {
      call: 'ec2:CreateSecurityGroup',
      input: { GroupName: name, Description: 'A group', VpcId: '${vpc}' },
      keep: { group: 'GroupId' },
    },
  ];
}

export function defaultVpcGroup(name: string): readonly Step[] {
  return [
    { call: 'ec2:CreateSecurityGroup', input: { GroupName: name, Description: 'A group' }, keep: { group: 'GroupId' } },
  ];
}

export function authorize(as: string, permission: object, more: object = {}): Step {
  return {
    call: 'ec2:AuthorizeSecurityGroupIngress',
    as,
    input: { GroupId: '${group}', IpPermissions: [permission], ...more },
  };
}

export function revoke(as: string, ...permissions: readonly object[]): Step {
  return { call: 'ec2:RevokeSecurityGroupIngress', as, input: { GroupId: '${group}', IpPermissions: permissions } };
}

export const rules: Step = {
  call: 'ec2:DescribeSecurityGroupRules',
  as: 'the rules now',
  input: { Filters: [{ Name: 'group-id', Values: ['${group}'] }] },
};
export const asGroup: Step = {
  call: 'ec2:DescribeSecurityGroups',
  as: 'the group now',
  input: { GroupIds: ['${group}'] },
};

export const tcp = (from: number, to: number, ...sources: readonly string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  IpRanges: sources.map((CidrIp) => ({ CidrIp })),
});
export const tcp6 = (from: number, to: number, ...sources: readonly string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: from,
  ToPort: to,
  Ipv6Ranges: sources.map((CidrIpv6) => ({ CidrIpv6 })),
});
