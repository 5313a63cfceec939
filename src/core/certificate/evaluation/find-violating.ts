import type { CertifiedControl, CertifiedRule } from '../certificate';
import { readExceptions } from './excepted';
import { findGroupOpenings } from './group-openings';
import type { Permit } from './permit';
import { isAbout, toEquivalenceClasses } from './traffic';

/**
 * The rules of a group that violate controls, and those that would be the internet beside what exceptions leave of the
 * violating ones: with `0.0.0.0/0` narrowed to an excepted `0.0.0.0/1`, a rule for `128.0.0.0/1` is the other half.
 *
 * @param added what a closing authorized; it counts only as far as an exception names all that a rule of it lets in
 */
export function findViolating(
  name: string,
  permits: readonly Permit[],
  controls: readonly CertifiedControl[],
  added: readonly Permit[],
): readonly CertifiedRule[] {
  const violatingOf = (staying: readonly Permit[]): readonly CertifiedRule[] =>
    controls.flatMap((control) =>
      findGroupOpenings({ name, permits: staying }, control).openings.flatMap(({ rules }) => rules),
    );
  const excepting = controls.filter(({ except = [] }) => except.length > 0);
  if (excepting.length === 0) return violatingOf(permits);
  const kept = added.filter((permit) => isExcepted(permit, excepting));
  const own = permits.flatMap(byBlock);
  const violating = new Set<CertifiedRule>();
  for (;;) {
    const staying = own.filter(({ rule }) => !violating.has(rule));
    const isOwn = new Set(staying.map(({ rule }) => rule));
    const found = violatingOf(violating.size === 0 ? staying : [...staying, ...kept]).filter((rule) => isOwn.has(rule));
    if (found.length === 0) return [...violating];
    for (const rule of found) violating.add(rule);
  }
}

/** One for each entry of a prefix list: of those that violate, the others stay. */
function byBlock(permit: Permit): readonly Permit[] {
  if (permit.blocks.length < 2) return [permit];
  return permit.blocks.map((block) => ({ ...permit, rule: { ...permit.rule }, blocks: [block] }));
}

/** Whether exceptions name all traffic that a rule lets in, at every address. */
function isExcepted({ traffic, blocks }: Permit, controls: readonly CertifiedControl[]): boolean {
  const exceptions = controls.map(readExceptions);
  const classes = toEquivalenceClasses([traffic, ...exceptions.flatMap((each) => each.traffic)]);
  return (
    blocks.length > 0 &&
    classes
      .filter((trafficClass) => isAbout(traffic, trafficClass))
      .every((trafficClass) => blocks.every((block) => exceptions.some(({ allow }) => allow(block, trafficClass))))
  );
}
