import { AwsError } from '../runtime/aws-error';
import type { Ec2State } from './ec2-state';
import type { SecurityGroup, SecurityGroupRule } from './security-group';

export interface IdKind {
  readonly prefix: string;
  readonly malformed: string;
  readonly notFound: string;
  readonly noun: string;
}

const group: IdKind = {
  prefix: 'sg-',
  malformed: 'InvalidGroupId.Malformed',
  notFound: 'InvalidGroup.NotFound',
  noun: 'security group',
};
const rule: IdKind = {
  prefix: 'sgr-',
  malformed: 'InvalidSecurityGroupRuleId.Malformed',
  notFound: 'InvalidSecurityGroupRuleId.NotFound',
  noun: 'security group rule ID',
};
const vpc: IdKind = {
  prefix: 'vpc-',
  malformed: 'InvalidVpcId.Malformed',
  notFound: 'InvalidVpcID.NotFound',
  noun: 'vpc ID',
};
const subnet: IdKind = {
  prefix: 'subnet-',
  malformed: 'InvalidSubnetId.Malformed',
  notFound: 'InvalidSubnetID.NotFound',
  noun: 'subnet ID',
};
const prefixList: IdKind = {
  prefix: 'pl-',
  malformed: 'InvalidPrefixListId.Malformed',
  notFound: 'InvalidPrefixListID.NotFound',
  noun: 'prefix list ID',
};
const networkAcl: IdKind = {
  prefix: 'acl-',
  malformed: 'InvalidNetworkAclId.Malformed',
  notFound: 'InvalidNetworkAclID.NotFound',
  noun: 'networkAcl ID',
};
const networkInterface: IdKind = {
  prefix: 'eni-',
  malformed: 'InvalidNetworkInterfaceId.Malformed',
  notFound: 'InvalidNetworkInterfaceID.NotFound',
  noun: 'networkInterface ID',
};
const instance: IdKind = {
  prefix: 'i-',
  malformed: 'InvalidInstanceID.Malformed',
  notFound: 'InvalidInstanceID.NotFound',
  noun: 'instance ID',
};
const routeTable: IdKind = {
  prefix: 'rtb-',
  malformed: 'InvalidRouteTableId.Malformed',
  notFound: 'InvalidRouteTableID.NotFound',
  noun: 'routeTable ID',
};
const internetGateway: IdKind = {
  prefix: 'igw-',
  malformed: 'InvalidInternetGatewayId.Malformed',
  notFound: 'InvalidInternetGatewayID.NotFound',
  noun: 'internetGateway ID',
};

const egressOnlyGateway: IdKind = {
  prefix: 'eigw-',
  malformed: 'InvalidGatewayID.Malformed',
  notFound: 'InvalidGatewayID.NotFound',
  noun: 'gateway ID',
};
const allocation: IdKind = {
  prefix: 'eipalloc-',
  malformed: 'InvalidAllocationID.Malformed',
  notFound: 'InvalidAllocationID.NotFound',
  noun: 'allocation ID',
};

export const ID_KINDS = {
  allocation,
  egressOnlyGateway,
  group,
  rule,
  vpc,
  subnet,
  prefixList,
  networkAcl,
  networkInterface,
  instance,
  routeTable,
  internetGateway,
};

/** @throws AwsError `….Malformed` or `….NotFound`, as EC2 distinguishes them. */
export function findById<Resource>(kind: IdKind, resources: ReadonlyMap<string, Resource>, id: string): Resource {
  const resource = resources.get(id);
  if (resource) return resource;
  throw missing(kind, id);
}

/** @throws AwsError InvalidSecurityGroupRuleId.Malformed or .NotFound */
export function findRule(
  state: Ec2State,
  ruleId: string,
): { readonly group: SecurityGroup; readonly rule: SecurityGroupRule } {
  for (const candidate of state.groups.values()) {
    const found = candidate.rules.find((one) => one.ruleId === ruleId);
    if (found) return { group: candidate, rule: found };
  }
  throw missing(rule, ruleId);
}

/**
 * The error for an id that names nothing: `….Malformed` unless it is the prefix and 8 or 17 hexadecimal digits,
 * `….NotFound` else.
 */
export function missing({ prefix, malformed, notFound, noun }: IdKind, id: string): AwsError {
  const wellFormed = id.startsWith(prefix) && /^([0-9a-f]{8}|[0-9a-f]{17})$/.test(id.slice(prefix.length));
  if (!wellFormed) return new AwsError(malformed, `Invalid id: "${id}" (expecting "${prefix}...")`);
  return new AwsError(notFound, `The ${noun} '${id}' does not exist`);
}
