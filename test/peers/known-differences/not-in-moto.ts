/** What Portcullis reads and moto does not have, so that there the sandbox is held against AWS's pages alone. */
export const NOT_IN_MOTO: readonly (readonly [calls: string, what: string])[] = [
  ['cloudtrail: LookupEvents', 'moto has trails, and no events.'],
  ['ssm: DescribeInstanceInformation', 'moto has no agents of Systems Manager.'],
  [
    'ec2: AssociateSecurityGroupVpc, DescribeSecurityGroupVpcAssociations',
    'moto knows groups of one VPC each. Its DescribeInstances has no filter `network-interface.group-id` either.',
  ],
  ['ec2: ModifyVpcBlockPublicAccessOptions and what belongs to it', 'moto blocks nothing.'],
  [
    'logs: StartQuery with parse, filter and stats',
    'moto knows `fields`, `sort` and `limit`; groups, streams and what a query of a group that is not there is answered are compared.',
  ],
  ['athena: StartQueryExecution', 'moto answers what a test has put in; it reads no table.'],
  ['organizations: DescribeAccount with `Paths`', 'moto leaves the paths out; accounts, roots and units are compared.'],
  [
    'elasticloadbalancing: interfaces',
    'moto makes none for load balancers, and leaves `Scheme` out where nobody asked for one; load balancers, target groups, listeners and targets are compared.',
  ],
];
