import { CALLS } from '../calls';
import type { NetworkAclStep, PlanStep } from '../plan';

/** Whether a step changes an entry of a network ACL, not rules of a security group. */
export function isNetworkAclStep(step: PlanStep): step is NetworkAclStep {
  return CALLS[step.call].kind === 'network-acl';
}
