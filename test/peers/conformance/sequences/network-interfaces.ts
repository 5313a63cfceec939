import type { Sequence, Step } from '../sequence';

function group(name: string, as: string): Step {
  const input = { GroupName: name, Description: 'A group', VpcId: '${vpc}' };
  return { call: 'ec2:CreateSecurityGroup', as: `group ${as}`, input, keep: { [as]: 'GroupId' } };
}

/** As Portcullis asks for what uses a group. */
function usersOf(name: string, as: string, more: object = {}): Step {
  const input = { Filters: [{ Name: 'group-id', Values: [`\${${name}}`] }], MaxResults: 1000, ...more };
  const fields = ['NetworkInterfaceId', 'Description', 'Groups', 'InterfaceType', 'Status', 'VpcId', 'OwnerId'];
  return {
    call: 'ec2:DescribeNetworkInterfaces',
    as,
    input,
    compare: fields.map((field) => `NetworkInterfaces[].${field}`),
  };
}

export const networkInterfaces: readonly Sequence[] = [
  {
    name: 'network interfaces by their groups',
    steps: [
      {
        call: 'ec2:DescribeVpcs',
        input: { Filters: [{ Name: 'is-default', Values: ['true'] }] },
        keep: { vpc: 'Vpcs.0.VpcId' },
        compare: [],
      },
      {
        call: 'ec2:DescribeSubnets',
        input: { Filters: [{ Name: 'vpc-id', Values: ['${vpc}'] }] },
        keep: { subnet: 'Subnets.0.SubnetId' },
        compare: [],
      },
      group('used', 'used'),
      group('also used', 'other'),
      group('not used', 'unused'),
      usersOf('used', 'nothing uses it yet'),
      {
        call: 'ec2:CreateNetworkInterface',
        input: { SubnetId: '${subnet}', Groups: ['${used}', '${other}'], Description: 'of a load balancer' },
        compare: [],
      },
      {
        call: 'ec2:CreateNetworkInterface',
        as: 'another',
        input: { SubnetId: '${subnet}', Groups: ['${used}'] },
        compare: [],
      },
      usersOf('used', 'two use it'),
      usersOf('other', 'one uses it'),
      usersOf('unused', 'nothing uses it'),
      usersOf('used', 'too few a page', { MaxResults: 4 }),
      { call: 'ec2:DeleteSecurityGroup', as: 'a group in use', input: { GroupId: '${other}' } },
    ],
  },
];
