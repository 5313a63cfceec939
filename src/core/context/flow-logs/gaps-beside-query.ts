import { isEntry } from '../../network/network-acl-entry';
import type { Plan } from '../../planning/plan';
import { violatingRule } from '../../planning/violating-rule';
import type { Resource } from '../../resource';
import type { Attached, Fact } from '../context';
import { sourcesOf } from '../blocked-traffic';
import { hiddenText } from '../hidden-vpc';
import type { InterfaceSeen } from '../interface-seen';

/**
 * What a plan closes and a query of flow logs cannot ask for, and whose traffic is in no records that are read: use of
 * it would not be seen.
 */
export function gapsBesideQuery(
  plan: Plan,
  resource: Resource,
  attached: Fact<Attached>,
  interfaces: readonly InterfaceSeen[],
): readonly string[] {
  return [...new Set(plan.violations.flatMap((violation) => whatIsNotAsked(violation, resource)))].concat(
    unseen(attached),
    interfaces.flatMap(({ id, type }) =>
      // https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-limitations.html
      type === 'network_load_balancer' ? `what comes to ${id} by an endpoint of its service is not recorded` : [],
    ),
  );
}

function whatIsNotAsked(violation: Plan['violations'][number], resource: Resource): readonly string[] {
  const rule = violatingRule(violation, resource);
  if (rule === undefined) return ['a rule that is closed is not there'];
  if (isEntry(rule)) return [];
  if (rule.IsEgress) return ['what goes out is closed as well, and is not looked for'];
  if (rule.ReferencedGroupInfo !== undefined)
    return ['traffic of other groups is closed as well, and is not looked for'];
  const isKnown = sourcesOf(rule, resource).length > 0;
  return isKnown
    ? []
    : [`what comes from ${rule.PrefixListId ?? 'elsewhere'} is closed as well, and is not looked for`];
}

/** Not all that has the target's rules is among the interfaces whose flow logs are read. */
function unseen(attached: Fact<Attached>): readonly string[] {
  if (!attached.known) return [`what is attached is not known: ${attached.reason}`];
  const { more, hiddenIn } = attached.value;
  if (more !== true) return [];
  return [hiddenIn === undefined ? 'not all that is attached shows' : hiddenText(hiddenIn)];
}
