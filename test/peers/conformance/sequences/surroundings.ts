import type { Sequence, Step } from '../sequence';

/** A VPC with one subnet on either cloud: the sandbox makes it with the VPC, so that both use the default one. */
const subnet: readonly Step[] = [
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
];

/** As Portcullis asks for them. */
function routesOf(as: string, compare: readonly string[]): Step {
  const input = { Filters: [{ Name: 'route-table-id', Values: ['${table}'] }] };
  return { call: 'ec2:DescribeRouteTables', as, input, compare };
}

/** What is read around a target: route tables, addresses, instances and flow logs. */
export const surroundings: readonly Sequence[] = [
  {
    name: 'route tables, gateways and routes',
    steps: [
      ...subnet,
      {
        call: 'ec2:CreateRouteTable',
        input: { VpcId: '${vpc}' },
        keep: { table: 'RouteTable.RouteTableId' },
        compare: [],
      },
      {
        call: 'ec2:AssociateRouteTable',
        input: { RouteTableId: '${table}', SubnetId: '${subnet}' },
        compare: [],
      },
      routesOf('associated with a subnet', [
        'RouteTables.0.Associations.0.Main',
        'RouteTables.0.Associations.0.SubnetId',
      ]),
      {
        call: 'ec2:CreateEgressOnlyInternetGateway',
        input: { VpcId: '${vpc}' },
        keep: { egress: 'EgressOnlyInternetGateway.EgressOnlyInternetGatewayId' },
        compare: [],
      },
      {
        call: 'ec2:CreateRoute',
        as: 'to an egress-only gateway',
        input: {
          RouteTableId: '${table}',
          DestinationIpv6CidrBlock: '::/0',
          EgressOnlyInternetGatewayId: '${egress}',
        },
        compare: [],
      },
      routesOf('with a route of IPv6', [
        'RouteTables.0.Routes.1.DestinationIpv6CidrBlock',
        'RouteTables.0.Routes.1.State',
      ]),
      { call: 'ec2:CreateRouteTable', as: 'in no VPC', input: { VpcId: 'vpc-0123456789abcdef0' } },
    ],
  },
  {
    name: 'Elastic IPs of interfaces',
    steps: [
      ...subnet,
      { call: 'ec2:AllocateAddress', input: { Domain: 'vpc' }, keep: { address: 'AllocationId' }, compare: ['Domain'] },
      {
        call: 'ec2:CreateNetworkInterface',
        input: { SubnetId: '${subnet}' },
        keep: { eni: 'NetworkInterface.NetworkInterfaceId' },
        compare: [],
      },
      {
        call: 'ec2:AssociateAddress',
        input: { AllocationId: '${address}', NetworkInterfaceId: '${eni}' },
        compare: [],
      },
      {
        call: 'ec2:DescribeNetworkInterfaces',
        input: { NetworkInterfaceIds: ['${eni}'] },
        compare: ['NetworkInterfaces.0.SubnetId', 'NetworkInterfaces.0.Ipv6Addresses'],
      },
      {
        call: 'ec2:AssociateAddress',
        as: 'of nobody',
        input: { AllocationId: 'eipalloc-0123456789abcdef0', NetworkInterfaceId: '${eni}' },
      },
    ],
  },
  {
    // By their groups, as Portcullis asks, moto finds none: it has no such filter.
    name: 'instances',
    steps: [
      ...subnet,
      {
        call: 'ec2:CreateSecurityGroup',
        input: { GroupName: 'of instances', Description: 'A group', VpcId: '${vpc}' },
        keep: { group: 'GroupId' },
        compare: [],
      },
      {
        call: 'ec2:RunInstances',
        input: {
          ImageId: 'ami-0123456789abcdef0',
          MinCount: 1,
          MaxCount: 1,
          SubnetId: '${subnet}',
          SecurityGroupIds: ['${group}'],
        },
        keep: { instance: 'Instances.0.InstanceId' },
        compare: [],
      },
      {
        call: 'ec2:DescribeInstances',
        input: { InstanceIds: ['${instance}'] },
        compare: ['Reservations.0.Instances.0.State', 'Reservations.0.Instances.0.SubnetId'],
      },
    ],
  },
  {
    name: 'flow logs of a VPC',
    steps: [
      ...subnet,
      { call: 'logs:CreateLogGroup', input: { logGroupName: '/vpc/flow-logs' }, compare: [] },
      {
        call: 'ec2:CreateFlowLogs',
        input: {
          ResourceType: 'VPC',
          ResourceIds: ['${vpc}'],
          TrafficType: 'ALL',
          LogGroupName: '/vpc/flow-logs',
          DeliverLogsPermissionArn: 'arn:aws:iam::222222222222:role/flow-logs',
        },
        compare: ['Unsuccessful'],
      },
      {
        call: 'ec2:DescribeFlowLogs',
        input: { Filter: [{ Name: 'resource-id', Values: ['${vpc}'] }] },
        compare: [
          ...['ResourceId', 'TrafficType', 'LogDestinationType', 'LogGroupName', 'LogFormat'].map(
            (field) => `FlowLogs.0.${field}`,
          ),
        ],
      },
    ],
  },
];
