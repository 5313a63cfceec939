import { isRecord } from './normalize';
import type { PortResult, Sequence } from './sequence';

export interface Difference {
  readonly sequence: string;
  readonly call: string;
  /** The step's `as`, or its call. */
  readonly step: string;
  /** `SecurityGroups[].Tags[].Key`; `(outcome)` where one cloud answers and the other refuses. */
  readonly path: string;
  readonly sandbox: string;
  readonly peer: string;
}

export function findDifferences(
  sequence: Sequence,
  sandbox: readonly PortResult[],
  peer: readonly PortResult[],
): readonly Difference[] {
  return sequence.steps.flatMap((step, index) => {
    const [ours, theirs] = [sandbox[index], peer[index]];
    if (ours === undefined || theirs === undefined) return [];
    return compareOutcomes(ours, theirs).map((difference) => ({
      sequence: sequence.name,
      call: step.call,
      step: step.as ?? step.call,
      ...difference,
    }));
  });
}

type Found = Pick<Difference, 'path' | 'sandbox' | 'peer'>;

function compareOutcomes(sandbox: PortResult, peer: PortResult): readonly Found[] {
  if ('answer' in sandbox && 'answer' in peer) return compareValues(sandbox.answer, peer.answer, '');
  const [ours, theirs] = [describe(sandbox), describe(peer)];
  return ours === theirs ? [] : [{ path: '(outcome)', sandbox: ours, peer: theirs }];
}

function describe(outcome: PortResult): string {
  return 'error' in outcome ? outcome.error : 'success';
}

function compareValues(ours: unknown, theirs: unknown, path: string): readonly Found[] {
  if (Array.isArray(ours) && Array.isArray(theirs)) return compareLists(ours, theirs, `${path}[]`);
  if (isRecord(ours) && isRecord(theirs)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])];
    return keys.flatMap((key) => compareValues(ours[key], theirs[key], path === '' ? key : `${path}.${key}`));
  }
  return ours === theirs ? [] : [{ path, sandbox: show(ours), peer: show(theirs) }];
}

/**
 * Items have no order: the most alike are compared with each other, what has no counterpart is a difference by itself.
 */
function compareLists(ours: readonly unknown[], theirs: readonly unknown[], path: string): readonly Found[] {
  const left = [...ours];
  const right = [...theirs];
  const found: Found[] = [];
  while (left.length > 0 && right.length > 0) {
    const [, from, to] = left
      .flatMap((one, from) => right.map((other, to) => [alike(one, other), from, to] as const))
      .reduce((best, pair) => (pair[0] > best[0] ? pair : best));
    found.push(...compareValues(left[from], right[to], path));
    left.splice(from, 1);
    right.splice(to, 1);
  }
  return [
    ...found,
    ...left.map((item) => ({ path, sandbox: show(item), peer: 'nothing' })),
    ...right.map((item) => ({ path, sandbox: 'nothing', peer: show(item) })),
  ];
}

/** How many fields two items share. */
function alike(one: unknown, other: unknown): number {
  if (!isRecord(one) || !isRecord(other)) return Number(one === other);
  return Object.entries(one).filter(([key, value]) => JSON.stringify(value) === JSON.stringify(other[key])).length;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
