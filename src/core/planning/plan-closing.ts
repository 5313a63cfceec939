import type { RequestedControl } from '../controls/control-id';
import type { NetworkAcl } from '../network/network-acl';
import type { SecurityGroup } from '../network/security-group-rule';
import type { Resource } from '../resource';
import type { NetworkAclPlan, Plan, SecurityGroupPlan } from './plan';
import { planNetworkAcl } from './network-acls/plan-network-acl';
import type { PlanPolicy } from './plan-policy';
import { policyFor } from './policy-for';
import { planSecurityGroup } from './security-groups/plan-security-group';

export interface ClosingRequest {
  readonly resource: Resource;
  readonly controls: readonly RequestedControl[];
  /** Its overrides are applied here. */
  readonly policy: PlanPolicy;
  /** Undefined where it is not known, as offline: then no override that names accounts matches. */
  readonly account?: string;
  /** Inbound entries of a network ACL, of both address families, where EC2 has just refused more. */
  readonly refusedBeyond?: number | undefined;
}

/**
 * Plans the smallest cut that leaves nothing which the requested controls forbid. What only a person may decide on is
 * left as it is, with the reason in `ask`.
 */
export function planClosing(request: ClosingRequest & { readonly resource: SecurityGroup }): SecurityGroupPlan;
export function planClosing(request: ClosingRequest & { readonly resource: NetworkAcl }): NetworkAclPlan;
export function planClosing(request: ClosingRequest): Plan;
export function planClosing({ resource, controls, account, ...request }: ClosingRequest): Plan {
  const subject = { account, tags: resource.tags, controls: controls.map(({ id }) => id) };
  const policy = policyFor(request.policy, subject);
  switch (resource.kind) {
    case 'security-group':
      return planSecurityGroup({ group: resource, controls, policy });
    case 'network-acl':
      return planNetworkAcl({ acl: resource, controls, policy, refusedBeyond: request.refusedBeyond });
  }
}
