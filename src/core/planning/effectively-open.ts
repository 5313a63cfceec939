import type { ControlId } from '../controls/control-id';
import type { AddressFamily } from '../network/address-family';
import { parseCidr, type Cidr } from '../network/cidr';
import { coversEverything, coversInternet, internetSize, isPrivate, touchesInternet } from '../network/internet';
import { intersectPorts, type PortSet } from '../network/port-set';
import { canonicalProtocol, type PortProtocol } from '../network/protocol';
import { portsOf } from '../network/rule-ports';
import type { Prohibition } from './prohibition';
import type { SourceBlock } from './source-block';

/** A block that takes part in opening a forbidden port to the whole internet, though it alone does not. */
export interface EffectivelyOpen {
  readonly block: SourceBlock;
  readonly control: ControlId;
}

/**
 * Finds the blocks of one family that together cover the internet on a port that a control forbids, as `0.0.0.0/1` and
 * `128.0.0.0/1` do. Blocks inside a larger guilty one are left out: what is still open without the larger ones counts.
 */
export function findEffectivelyOpen(
  family: AddressFamily,
  blocks: readonly SourceBlock[],
  prohibitions: readonly Prohibition[],
): readonly EffectivelyOpen[] {
  if (!mayCoverInternet(family, blocks)) return [];
  const candidates = blocks.flatMap((block) => toCandidate(block) ?? []).filter(({ cidr }) => !isPrivate(family, cidr));
  return prohibitions.flatMap((prohibition) => {
    const guilty = new Set<Candidate>();
    for (const exposed of sharedTraffic(candidates, prohibition)) {
      for (const candidate of coveringBlocks(family, exposed)) guilty.add(candidate);
    }
    return [...guilty].map(({ block }) => ({ block, control: prohibition.control }));
  });
}

interface Candidate {
  readonly block: SourceBlock;
  readonly cidr: Cidr;
}

/** Nearly every group ends here, at the price of an addition for each block. */
function mayCoverInternet(family: AddressFamily, blocks: readonly SourceBlock[]): boolean {
  const bits = family === 'ipv4' ? 32 : 128;
  const addresses = blocks.reduce((sum, { cidr }) => sum + 2 ** (bits - prefixLengthOf(cidr)), 0);
  return addresses >= internetSize(family);
}

function prefixLengthOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

/** Input is checked where it is parsed, so that every CIDR is readable here; one that is not cannot cover anything. */
function toCandidate(block: SourceBlock): Candidate | undefined {
  const cidr = parseCidr(block.cidr);
  return cidr.ok ? { block, cidr: cidr.value } : undefined;
}

/** For each stretch of forbidden ports that the same rules let through: these rules' blocks, each combination once. */
function sharedTraffic(candidates: readonly Candidate[], prohibition: Prohibition): readonly (readonly Candidate[])[] {
  const combinations = new Map<string, readonly Candidate[]>();
  const add = (exposed: readonly Candidate[]): void => {
    combinations.set(exposed.map((candidate) => candidates.indexOf(candidate)).join(), exposed);
  };
  for (const protocol of ['tcp', 'udp'] as const) {
    for (const exposed of byStretch(candidates, protocol, prohibition[protocol])) add(exposed);
  }
  if (prohibition.everyProtocol) {
    add(candidates.filter(({ block }) => canonicalProtocol(block.rule.IpProtocol) === '-1'));
  }
  return [...combinations.values()];
}

function byStretch(
  candidates: readonly Candidate[],
  protocol: PortProtocol,
  forbidden: PortSet,
): readonly (readonly Candidate[])[] {
  const reach = candidates
    .map((candidate) => ({ candidate, ports: intersectPorts(portsOf(candidate.block.rule, protocol), forbidden) }))
    .filter(({ ports }) => ports.length > 0);
  // Who reaches a port changes only where somebody's range begins: looking there finds every combination that
  // matters, for the set of blocks only shrinks until the next beginning.
  const beginnings = new Set(reach.flatMap(({ ports }) => ports.map((range) => range.from)));
  return [...beginnings].map((port) =>
    reach
      .filter(({ ports }) => ports.some((range) => range.from <= port && port <= range.to))
      .map(({ candidate }) => candidate),
  );
}

/** The outermost blocks of a set that covers the internet, then those of what is left if that covers it too, and so on. */
function coveringBlocks(family: AddressFamily, exposed: readonly Candidate[]): readonly Candidate[] {
  const guilty: Candidate[] = [];
  let left = exposed;
  for (;;) {
    const cidrs = left.map(({ cidr }) => cidr);
    if (!coversInternet(family, cidrs)) return guilty;
    // A set that spells out the whole family, as ::/1 and 8000::/1 do, belongs together; beside any other, a block
    // without an address of the internet is innocent.
    const whole = coversEverything(family, cidrs);
    const outermost = left.filter(
      ({ cidr }) => (whole || touchesInternet(family, cidr)) && !cidrs.some((other) => isInside(cidr, other)),
    );
    guilty.push(...outermost);
    left = left.filter((candidate) => !outermost.includes(candidate));
  }
}

function isInside(inner: Cidr, outer: Cidr): boolean {
  return inner.prefixLength > outer.prefixLength && outer.first <= inner.first && inner.last <= outer.last;
}
