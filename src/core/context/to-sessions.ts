import { isEntry } from '../network/network-acl-entry';
import { ALL_PORTS, intersectPorts, subtractPorts, type PortSet } from '../network/port-set';
import { portsOf } from '../network/rule-ports';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Plan } from '../planning/plan';
import { violatingRule } from '../planning/violating-rule';
import type { Resource } from '../resource';
import type { OtherWayIn } from './context';

/**
 * What becomes of sessions that are open when their ports are closed. A connection that a rule for one block lets in is
 * tracked, and goes on. One that a rule for all of the internet lets in is not, where another rule lets everything out:
 * it ends at once. Network ACLs track nothing.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/security-group-connection-tracking.html
 */
export function toSessions(plan: Plan, resource: Resource, closing: PortSet): NonNullable<OtherWayIn['sessions']> {
  if (resource.kind === 'network-acl') return 'end';
  const letsAllOut = resource.rules.some(
    (rule) => rule.IsEgress && isForAll(rule) && subtractPorts(ALL_PORTS, portsOf(rule, 'tcp')).length === 0,
  );
  const isUntracked = plan.violations.some((violation) => {
    const rule = violatingRule(violation, resource);
    if (rule === undefined || isEntry(rule) || !isForAll(rule)) return false;
    return intersectPorts(portsOf(rule, 'tcp'), closing).length > 0;
  });
  return letsAllOut && isUntracked ? 'end' : 'go-on';
}

function isForAll({ CidrIpv4, CidrIpv6 }: SecurityGroupRule): boolean {
  return CidrIpv4 === '0.0.0.0/0' || CidrIpv6 === '::/0';
}
