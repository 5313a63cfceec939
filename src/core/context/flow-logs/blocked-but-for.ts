import { isEntry } from '../../network/network-acl-entry';
import { subtractPorts } from '../../network/port-set';
import { canonicalProtocol } from '../../network/protocol';
import { portsOf, trafficKey } from '../../network/rule-ports';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { Plan } from '../../planning/plan';
import { familyOf } from '../../planning/source-block';
import { violatingRule } from '../../planning/violating-rule';
import type { Resource } from '../../resource';
import { blockedBy, sourcesOf } from '../blocked-traffic';
import type { BlockedButFor } from './to-flow-query';

/** What a plan blocks, without the sources that another rule of the group lets in to the same ports all the same. */
export function blockedButFor(plan: Plan, resource: Resource): readonly BlockedButFor[] {
  const staying = rulesThatStay(plan);
  return [
    ...blockedBy(plan, resource).map((blocked) => ({
      ...blocked,
      butFor: staying.flatMap(({ rule, cidr }) => {
        const isCovered =
          familyOf(cidr) === blocked.family &&
          subtractPorts(blocked.ports, portsOf(rule, blocked.protocol)).length === 0;
        return isCovered ? cidr : [];
      }),
    })),
    ...withoutPorts(plan, resource, staying),
  ];
}

interface Staying {
  readonly rule: SecurityGroupRule;
  readonly cidr: string;
}

/** Where a person is asked first, the plan has no steps, and says of what violates that it remains. */
function rulesThatStay(plan: Plan): readonly Staying[] {
  const violating = new Set(plan.violations.map((each) => ('ruleId' in each ? each.ruleId : '')));
  return plan.remaining.flatMap((rule) => {
    if (isEntry(rule) || rule.IsEgress || violating.has(rule.SecurityGroupRuleId ?? '')) return [];
    const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
    return cidr === undefined ? [] : [{ rule, cidr }];
  });
}

/**
 * A rule for every protocol lets in tunnels and pings beside tcp and udp: whoever uses those loses them with it. Of an
 * entry of a network ACL only ports are closed.
 */
function withoutPorts(plan: Plan, resource: Resource, staying: readonly Staying[]): readonly BlockedButFor[] {
  return plan.violations.flatMap((violation) => {
    const rule = violatingRule(violation, resource);
    if (rule === undefined || isEntry(rule) || rule.IsEgress) return [];
    const protocol = canonicalProtocol(rule.IpProtocol);
    if (protocol === 'tcp' || protocol === 'udp') return [];
    const same = staying.filter((each) => ['-1', trafficKey(rule)].includes(trafficKey(each.rule)));
    return sourcesOf(rule, resource).flatMap((cidr) => {
      const family = familyOf(cidr);
      const butFor = same.filter((each) => familyOf(each.cidr) === family).map((each) => each.cidr);
      return butFor.includes(cidr) ? [] : [{ family, cidr, protocol, ports: [], butFor }];
    });
  });
}
