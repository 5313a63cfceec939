import { hasAuthorizedPorts, parseAuthorizedPorts } from '../../controls/authorized-ports';
import type { RequestedControl } from '../../controls/control-id';
import { parseCidr } from '../../network/cidr';
import { isOpenSource } from '../../network/internet';
import { intersectPorts, subtractPorts, toPortSet, type PortSet } from '../../network/port-set';
import { portsOf } from '../../network/rule-ports';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { RuleViolation } from './find-violations';
import type { PlanPolicy } from '../plan-policy';
import { forbiddenPorts, type Prohibitions } from '../prohibition';
import { exceptedParts } from './excepted-parts';
import { withSource, withTraffic } from './part-of-rule';

/** What may stay open to the internet, and to whom what is taken from it may be given instead. */
export interface StayingOpen {
  readonly tcp: PortSet;
  readonly udp: PortSet;
}

/** The finding's own EC2.18 parameters where it has them, else the policy's ports. */
export function toStayingOpen(controls: readonly RequestedControl[], policy: PlanPolicy): StayingOpen {
  if (policy.strategy !== 'close') return { tcp: [], udp: [] };
  const own = controls.find(({ id, parameters }) => id === 'EC2.18' && hasAuthorizedPorts(parameters));
  const authorized = own === undefined ? undefined : parseAuthorizedPorts(own.parameters);
  if (authorized?.ok) return authorized.value;
  return { tcp: toPortSet(policy.publicPorts.tcp), udp: toPortSet(policy.publicPorts.udp) };
}

/**
 * The rules that take a violating rule's place, all within what it let through. They carry its description and tags.
 *
 * @param otherEntries the entries of the rule's prefix list that do not violate; empty for every other source.
 */
export function replacementsOf(
  violation: RuleViolation,
  otherEntries: readonly string[],
  stayingOpen: StayingOpen,
  prohibitions: Prohibitions,
  policy: PlanPolicy,
): readonly SecurityGroupRule[] {
  const { rule } = violation;
  const families = [...new Set(violation.blocks.map((block) => block.family))];
  const forbidden = families.flatMap((family) => prohibitions.of[family]);
  const kept = (['tcp', 'udp'] as const).flatMap((protocol) => {
    const ports = intersectPorts(portsOf(rule, protocol), stayingOpen[protocol]);
    return subtractPorts(ports, forbiddenPorts(forbidden, protocol)).map((range) => ({ protocol, range }));
  });
  return [
    ...kept.map(({ protocol, range }) => withTraffic(rule, protocol, range)),
    ...violation.blocks.flatMap((block) => exceptedParts(block, prohibitions)).map((part) => part.rule),
    ...otherEntries.map((cidr) => withSource(rule, cidr)),
    ...(policy.strategy === 'restrict' ? trustedWithin(violation, policy) : []).map((cidr) => withSource(rule, cidr)),
  ];
}

/** Trusted blocks inside the violating ones: anything wider, or of the other family, would open something. */
function trustedWithin(violation: RuleViolation, policy: PlanPolicy): readonly string[] {
  return (policy.trustedSources?.cidrs ?? []).filter((cidr) => {
    const trusted = parseCidr(cidr);
    return (
      trusted.ok &&
      !isOpenSource(cidr) &&
      violation.blocks.some((block) => {
        const violating = parseCidr(block.cidr);
        return (
          violating.ok &&
          violating.value.family === trusted.value.family &&
          violating.value.first <= trusted.value.first &&
          trusted.value.last <= violating.value.last
        );
      })
    );
  });
}
