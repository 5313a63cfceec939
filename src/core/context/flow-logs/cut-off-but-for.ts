import { isEntry } from '../../network/network-acl-entry';
import { subtractPorts } from '../../network/port-set';
import { portsOf } from '../../network/rule-ports';
import type { Plan } from '../../planning/plan';
import { familyOf } from '../../planning/source-block';
import type { Resource } from '../../resource';
import { cutOffBy } from '../cut-off';
import type { CutOffButFor } from './to-flow-query';

/** What a plan cuts off, without the sources that another rule of the group lets in to the same ports all the same. */
export function cutOffButFor(plan: Plan, resource: Resource): readonly CutOffButFor[] {
  const violating = new Set(plan.violations.map((each) => ('ruleId' in each ? each.ruleId : '')));
  const staying = plan.remaining.flatMap((rule) => {
    if (isEntry(rule) || rule.IsEgress || violating.has(rule.SecurityGroupRuleId ?? '')) return [];
    const cidr = rule.CidrIpv4 ?? rule.CidrIpv6;
    return cidr === undefined ? [] : [{ rule, cidr }];
  });
  return cutOffBy(plan, resource).map((cut) => ({
    ...cut,
    butFor: staying
      .filter(
        ({ rule, cidr }) =>
          familyOf(cidr) === cut.family && subtractPorts(cut.ports, portsOf(rule, cut.protocol)).length === 0,
      )
      .map(({ cidr }) => cidr),
  }));
}
