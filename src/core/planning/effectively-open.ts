import type { ControlId } from '../controls/control-id';
import type { AddressFamily } from '../network/address-family';
import { parseCidr, type Cidr } from '../network/cidr';
import { coversEverything, coversInternet, isPrivate, mayBeWholeInternet, touchesInternet } from '../network/internet';
import { intersectPorts, type PortSet } from '../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../network/protocol';
import { portsOf } from '../network/rule-ports';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Prohibition } from './prohibition';
import { prefixLengthOf, type SourceBlock } from './source-block';

/** A block that takes part in opening a forbidden port to the whole internet, though it alone does not. */
export interface EffectivelyOpen {
  readonly block: SourceBlock;
  readonly control: ControlId;
}

/**
 * Finds the blocks of one family that together cover the internet on a port that a control forbids, as `0.0.0.0/1` and
 * `128.0.0.0/1` do. Blocks inside a larger violating one are left out: what is still open without the larger ones
 * counts.
 */
export function findEffectivelyOpen(
  family: AddressFamily,
  blocks: readonly SourceBlock[],
  prohibitions: readonly Prohibition[],
): readonly EffectivelyOpen[] {
  if (!mayCoverInternet(family, blocks)) return [];
  const candidates = blocks.flatMap((block) => toCandidate(block) ?? []).filter(({ cidr }) => !isPrivate(family, cidr));
  return prohibitions.flatMap((prohibition) => {
    const violating = new Set<Candidate>();
    for (const exposed of sharedTraffic(candidates, prohibition)) {
      for (const candidate of coveringBlocks(family, exposed)) violating.add(candidate);
    }
    return [...violating].map(({ block }) => ({ block, control: prohibition.control }));
  });
}

interface Candidate {
  readonly block: SourceBlock;
  readonly cidr: Cidr;
}

/** Nearly every group ends here, at the price of an addition for each block. */
function mayCoverInternet(family: AddressFamily, blocks: readonly SourceBlock[]): boolean {
  const bits = family === 'ipv4' ? 32 : 128;
  let addresses = 0;
  for (const { cidr } of blocks) addresses += 2 ** (bits - prefixLengthOf(cidr));
  return mayBeWholeInternet(family, addresses);
}

/** Input is checked where it is parsed, so that every CIDR is readable here; one that is not cannot cover anything. */
function toCandidate(block: SourceBlock): Candidate | undefined {
  const cidr = parseCidr(block.cidr);
  return cidr.ok ? { block, cidr: cidr.value } : undefined;
}

/** For each stretch of forbidden ports that the same rules let through: these rules' blocks, each combination once. */
function sharedTraffic(candidates: readonly Candidate[], prohibition: Prohibition): readonly (readonly Candidate[])[] {
  const byRule = new Map<SecurityGroupRule, Candidate[]>();
  for (const candidate of candidates) {
    const others = byRule.get(candidate.block.rule);
    if (others === undefined) byRule.set(candidate.block.rule, [candidate]);
    else others.push(candidate);
  }
  const rules = [...byRule.keys()];
  const blocksOf = [...byRule.values()];
  const combinations = new Map<string, readonly Candidate[]>();
  const add = (exposing: readonly number[]): void => {
    const key = exposing.join();
    if (combinations.has(key)) return;
    combinations.set(
      key,
      exposing.flatMap((index) => blocksOf[index] ?? []),
    );
  };
  for (const protocol of ['tcp', 'udp'] as const) {
    for (const exposing of byStretch(rules, protocol, prohibition[protocol])) add(exposing);
  }
  if (prohibition.everyProtocol) {
    add([...rules.keys()].filter((index) => canonicalProtocol(rules[index]?.IpProtocol ?? '') === '-1'));
  }
  return [...combinations.values()];
}

/** Which rules, by their index, let through the ports from one beginning of a range to the next. */
function byStretch(
  rules: readonly SecurityGroupRule[],
  protocol: PortProtocol,
  forbidden: PortSet,
): readonly (readonly number[])[] {
  const reach = rules
    .map((rule, index) => ({ index, ports: intersectPorts(portsOf(rule, protocol), forbidden) }))
    .filter(({ ports }) => ports.length > 0);
  // Who reaches a port changes only where somebody's range begins: looking there finds every combination that
  // matters, for the set of rules only shrinks until the next beginning.
  const beginnings = new Set(reach.flatMap(({ ports }) => ports.map((range) => range.from)));
  return [...beginnings].map((port) =>
    reach
      .filter(({ ports }) => ports.some((range) => range.from <= port && port <= range.to))
      .map(({ index }) => index),
  );
}

/**
 * The outermost blocks of a set that covers the internet, then those of what is left if that covers it too, and so on.
 */
function coveringBlocks(family: AddressFamily, exposed: readonly Candidate[]): readonly Candidate[] {
  const violating: Candidate[] = [];
  let left = [...exposed].sort(byExtent);
  for (;;) {
    const cidrs = left.map(({ cidr }) => cidr);
    if (!coversInternet(family, cidrs)) return violating;
    // A set that spells out the whole family, as ::/1 and 8000::/1 do, belongs together; beside any other, a block
    // without an address of the internet is compliant.
    const whole = coversEverything(family, cidrs);
    const rest: Candidate[] = [];
    let outer: Cidr | undefined;
    for (const candidate of left) {
      const { cidr } = candidate;
      if (outer !== undefined && isInside(cidr, outer)) rest.push(candidate);
      else {
        outer = cidr;
        if (whole || touchesInternet(family, cidr)) violating.push(candidate);
        else rest.push(candidate);
      }
    }
    left = rest;
  }
}

/** Ascending, and each block before those inside it: CIDRs nest or have nothing in common. */
function byExtent({ cidr: a }: Candidate, { cidr: b }: Candidate): number {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefixLength - b.prefixLength;
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  return inner.prefixLength > outer.prefixLength && outer.first <= inner.first && inner.last <= outer.last;
}
