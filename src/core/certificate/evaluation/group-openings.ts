import type { CertifiedControl, CertifiedRule } from '../certificate';
import { FAMILIES, highestAddress, type AddressBlock, type Family } from './address-block';
import { readExceptions } from './excepted';
import { readForbidden, type ForbiddenTraffic } from './forbidden-traffic';
import { holdInternet, touchesInternet } from './internet';
import { holdAll, mergeIntervals, type Interval } from './interval';
import { nameOf, type Permit } from './permit';
import { isAbout, renderEquivalenceClass, toEquivalenceClasses, type EquivalenceClass } from './traffic';

/** What is open to the internet though a control forbids it. */
export interface Opening {
  /** Names of the rules that open it: each by itself, or all of them together. */
  readonly rules: readonly CertifiedRule[];
  /** `tcp 22 from the whole IPv4 internet by sgr-…, which EC2.13 forbids`. */
  readonly text: string;
}

export interface Openings {
  readonly openings: readonly Opening[];
  /** Why there may be more. */
  readonly unclear: readonly string[];
}

const FAMILY_NAMES: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** Holds a group's rules against a control, at every address and port. */
export function findGroupOpenings(
  { name, permits }: { readonly name: string; readonly permits: readonly Permit[] },
  control: CertifiedControl,
): Openings {
  const forbidden = readForbidden(control);
  switch (forbidden.kind) {
    case 'not-known':
      return { openings: [], unclear: [forbidden.why] };
    case 'entries':
      return { openings: [], unclear: [`${control.id} is about network ACLs, and this is a security group`] };
    case 'any-rule': {
      if (name !== 'default') return { openings: [], unclear: [`${control.id} is about groups named default only`] };
      const text = (rule: CertifiedRule): string => `${nameOf(rule)}, for ${control.id} forbids any rule`;
      return { openings: permits.map(({ rule }) => ({ rules: [rule], text: text(rule) })), unclear: [] };
    }
    case 'from-the-internet': {
      const ingress = permits.filter(({ rule }) => !rule.IsEgress);
      const found = FAMILIES.map((family) => findOpenings(ingress, family, forbidden.of[family], control));
      return {
        openings: found.flatMap(({ openings }) => openings),
        unclear: [...new Set(found.flatMap(({ unclear }) => unclear))],
      };
    }
  }
}

function findOpenings(
  permits: readonly Permit[],
  family: Family,
  { traffic, everyProtocol }: ForbiddenTraffic,
  control: CertifiedControl,
): Openings {
  const exceptions = readExceptions(control);
  const openings: Opening[] = [];
  const unclear: string[] = [];
  const addOpening = (what: string, exposed: readonly Permit[], trafficClass: EquivalenceClass): void => {
    const rules = openers(exposed, family, (block) => exceptions.allow(block, trafficClass));
    const from = `from the whole ${FAMILY_NAMES[family]} internet`;
    if (rules.length > 0) {
      openings.push({ rules, text: `${what} ${from} by ${rules.map(nameOf).join(', ')}, which ${control.id} forbids` });
      return;
    }
    const [list] = exposed.flatMap(({ unreadList }) => unreadList ?? []);
    if (list !== undefined) unclear.push(`prefix list ${list} was not read, so ${what} may be open ${from}`);
  };
  for (const trafficClass of toEquivalenceClasses([
    ...traffic,
    ...exceptions.traffic,
    ...permits.map((permit) => permit.traffic),
  ])) {
    if (!traffic.some((each) => isAbout(each, trafficClass))) continue;
    addOpening(
      renderEquivalenceClass(trafficClass),
      permits.filter((permit) => isAbout(permit.traffic, trafficClass)),
      trafficClass,
    );
  }
  if (everyProtocol)
    addOpening(
      'every protocol',
      permits.filter((permit) => permit.traffic === 'everything'),
      'every other protocol',
    );
  return { openings, unclear };
}

/**
 * The rules through which the whole internet gets in: those that name everybody, and those that do so together. A block
 * that an exception leaves open counts with the others, and is none of them.
 */
function openers(
  exposed: readonly Permit[],
  family: Family,
  isExcepted: (block: AddressBlock) => boolean,
): readonly CertifiedRule[] {
  const everybody = { first: 0n, last: highestAddress(family) };
  const blocks = exposed.flatMap(({ rule, blocks: own }) =>
    own.filter((block) => block.family === family).map((block) => ({ rule, block })),
  );
  const isWhole = (block: AddressBlock): boolean => holdAll([block], [everybody]);
  const violating = new Set(blocks.filter(({ block }) => isWhole(block) && !isExcepted(block)).map(({ rule }) => rule));
  let left = blocks.filter(({ block }) => !isWhole(block));
  // Blocks inside larger ones do not count as long as the larger ones are there, but by themselves they may.
  for (;;) {
    const merged = mergeIntervals(left.map(({ block }) => block));
    if (!holdInternet(family, merged)) break;
    const outer = outermost(left.map(({ block }) => block));
    const isEverybody = holdAll(merged, [everybody]);
    const isOuter = ({ first, last }: Interval): boolean => outer.get(first)?.last === last;
    for (const { rule, block } of left) {
      const takesPart = isOuter(block) && (isEverybody || touchesInternet(family, block));
      if (takesPart && !isExcepted(block)) violating.add(rule);
    }
    left = left.filter(({ block }) => !isOuter(block));
  }
  return exposed.map(({ rule }) => rule).filter((rule) => violating.has(rule));
}

/** The blocks that are inside no other, by their first address: blocks nest or have nothing in common. */
function outermost(blocks: readonly AddressBlock[]): ReadonlyMap<bigint, Interval> {
  const outer = new Map<bigint, Interval>();
  let end = -1n;
  for (const block of [...blocks].sort((a, b) =>
    a.first !== b.first ? (a.first < b.first ? -1 : 1) : a.last > b.last ? -1 : 1,
  )) {
    if (block.last <= end) continue;
    outer.set(block.first, block);
    end = block.last;
  }
  return outer;
}
