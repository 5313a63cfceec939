import type { Sequence, Step } from '../sequence';

const network: readonly Step[] = [
  {
    call: 'ec2:DescribeVpcs',
    input: { Filters: [{ Name: 'is-default', Values: ['true'] }] },
    keep: { vpc: 'Vpcs.0.VpcId' },
    compare: [],
  },
  {
    call: 'ec2:CreateSubnet',
    input: { VpcId: '${vpc}', CidrBlock: '172.31.208.0/24', AvailabilityZone: 'eu-central-1a' },
    keep: { subnet: 'Subnet.SubnetId' },
    compare: ['Subnet.VpcId', 'Subnet.CidrBlock', 'Subnet.State'],
  },
];

/** What Portcullis reads of each, but for ARNs and ids, which no two clouds give alike. */
const balancer = ['Type', 'Scheme', 'VpcId', 'LoadBalancerName'].map((it) => `LoadBalancers[].${it}`);
const group = ['TargetGroupName', 'Protocol', 'TargetType', 'VpcId'].map((it) => `TargetGroups[].${it}`);
const listener = ['Port', 'Protocol'].map((it) => `Listeners[].${it}`);
const health = ['Target.Port', 'TargetHealth.State', 'TargetHealth.Reason'].map(
  (it) => `TargetHealthDescriptions[].${it}`,
);

/** Load balancers as they are made and read: moto has all but their interfaces. */
export const loadBalancers: readonly Sequence[] = [
  {
    name: 'a network load balancer with its targets',
    account: '333333333333',
    steps: [
      ...network,
      {
        call: 'ec2:RunInstances',
        input: { ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1, SubnetId: '${subnet}' },
        keep: { instance: 'Instances.0.InstanceId' },
        compare: [],
      },
      {
        call: 'elbv2:CreateLoadBalancer',
        input: { Name: 'front', Type: 'network', Scheme: 'internet-facing', Subnets: ['${subnet}'] },
        keep: { balancer: 'LoadBalancers.0.LoadBalancerArn' },
        compare: balancer,
      },
      {
        call: 'elbv2:CreateTargetGroup',
        input: { Name: 'web', Protocol: 'TCP', Port: 22, VpcId: '${vpc}', TargetType: 'instance' },
        keep: { group: 'TargetGroups.0.TargetGroupArn' },
        compare: group,
      },
      { call: 'elbv2:RegisterTargets', input: { TargetGroupArn: '${group}', Targets: [{ Id: '${instance}' }] } },
      {
        call: 'elbv2:CreateListener',
        input: {
          ...{ LoadBalancerArn: '${balancer}', Protocol: 'TCP', Port: 443 },
          DefaultActions: [{ Type: 'forward', TargetGroupArn: '${group}' }],
        },
        compare: listener,
      },
      { call: 'elbv2:DescribeLoadBalancers', input: { PageSize: 400 }, compare: balancer },
      { call: 'elbv2:DescribeTargetGroups', input: { PageSize: 400 }, compare: group },
      { call: 'elbv2:DescribeListeners', input: { LoadBalancerArn: '${balancer}' }, compare: listener },
      { call: 'elbv2:DescribeTargetHealth', input: { TargetGroupArn: '${group}' }, compare: health },
      {
        call: 'elbv2:ModifyTargetGroupAttributes',
        input: {
          TargetGroupArn: '${group}',
          Attributes: [{ Key: 'preserve_client_ip.enabled', Value: 'false' }],
        },
        compare: [],
      },
      {
        call: 'elbv2:DescribeTargetHealth',
        as: 'a target group that is not there',
        input: {
          TargetGroupArn: 'arn:aws:elasticloadbalancing:eu-central-1:333333333333:targetgroup/none/0123456789abcdef',
        },
      },
      {
        call: 'elbv2:DeregisterTargets',
        input: { TargetGroupArn: '${group}', Targets: [{ Id: '${instance}' }] },
      },
      { call: 'elbv2:DescribeTargetHealth', as: 'nobody left', input: { TargetGroupArn: '${group}' }, compare: health },
    ],
  },
  {
    name: 'a classic load balancer with its instance',
    account: '333333333333',
    steps: [
      ...network.slice(0, 1),
      {
        call: 'ec2:DescribeSubnets',
        input: { Filters: [{ Name: 'vpc-id', Values: ['${vpc}'] }] },
        keep: { subnet: 'Subnets.0.SubnetId' },
        compare: [],
      },
      {
        call: 'elb:CreateLoadBalancer',
        input: {
          ...{ LoadBalancerName: 'old', Subnets: ['${subnet}'] },
          Listeners: [{ Protocol: 'TCP', LoadBalancerPort: 443, InstancePort: 22 }],
        },
        compare: [],
      },
      {
        call: 'elb:DescribeLoadBalancers',
        input: { PageSize: 400 },
        compare: ['LoadBalancerName', 'Scheme', 'Instances', 'VPCId'].map((it) => `LoadBalancerDescriptions[].${it}`),
      },
      { call: 'elb:DescribeLoadBalancers', as: 'one that is not there', input: { LoadBalancerNames: ['none'] } },
    ],
  },
];
