import { hasAuthorizedPorts, parseAuthorizedPorts } from '../../controls/authorized-ports';
import type { RequestedControl } from '../../controls/control-id';
import { canonicalCidr, parseCidr } from '../../network/cidr';
import { isOpenSource } from '../../network/internet';
import { narrowerBlock } from '../../network/narrower-block';
import { intersectPorts, subtractPorts, toPortSet, type PortRange, type PortSet } from '../../network/port-set';
import { portsOf } from '../../network/rule-ports';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { RuleViolation } from './find-violations';
import type { PlanPolicy } from '../plan-policy';
import { forbiddenFrom, forbiddenPorts, type Prohibition, type Prohibitions } from '../prohibition';
import { familyOf } from '../source-block';

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
    ...exceptedParts(violation, forbidden),
    ...otherEntries.map((cidr) => withSource(rule, cidr)),
    ...(policy.strategy === 'restrict' ? trustedWithin(violation, policy) : []).map((cidr) => withSource(rule, cidr)),
  ];
}

/** What exceptions leave open of a violating rule, unless another control in hand forbids it. */
function exceptedParts(
  { rule, blocks }: RuleViolation,
  forbidden: readonly Prohibition[],
): readonly SecurityGroupRule[] {
  return blocks.flatMap(({ cidr, family }) =>
    forbidden
      .flatMap(({ except }) => except)
      .filter(({ source }) => familyOf(source) === family)
      .flatMap((opening) => {
        const source = narrowerBlock(cidr, opening.source);
        if (source === undefined) return [];
        return (['tcp', 'udp'] as const).flatMap((protocol) => {
          const left = intersectPorts(portsOf(rule, protocol), opening[protocol]);
          const staying = forbidden.reduce(
            (ports, each) => subtractPorts(ports, forbiddenFrom(each, source, protocol, ports)),
            left,
          );
          return staying.map((range) => withSource(withTraffic(rule, protocol, range), source));
        });
      }),
  );
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

function withTraffic(rule: SecurityGroupRule, protocol: string, range: PortRange): SecurityGroupRule {
  return { ...unborn(rule), IpProtocol: protocol, FromPort: range.from, ToPort: range.to };
}

function withSource(rule: SecurityGroupRule, cidr: string): SecurityGroupRule {
  const copy = unborn(rule);
  delete copy.CidrIpv4;
  delete copy.CidrIpv6;
  delete copy.PrefixListId;
  // A policy may write it in another way than EC2 will: the rule that is there then would not be known as this one.
  const block = canonicalCidr(cidr);
  return familyOf(block) === 'ipv4' ? { ...copy, CidrIpv4: block } : { ...copy, CidrIpv6: block };
}

/** A rule like this one that EC2 has yet to give an id. */
function unborn(rule: SecurityGroupRule): { -readonly [Name in keyof SecurityGroupRule]: SecurityGroupRule[Name] } {
  const copy = { ...rule };
  delete copy.SecurityGroupRuleId;
  return copy;
}
