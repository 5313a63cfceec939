import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import { loadCases, resourceOf, type Case } from '../../cases/load-cases';
import { playsForHours } from '../plays-for-hours';

/**
 * Rows that cannot be brought about in EC2, each with EC2's own word for it. A test sees to it that EC2 refuses them: a
 * row that can be made is played.
 */
export const REFUSED_BY_EC2: Readonly<Record<string, RegExp>> = {
  'tcp without ports means every port': /Must specify both from and to ports with TCP/,
  'tcp -1 to -1 means every port': /Invalid TCP\/UDP port range \(-1:-1\)/,
  'EC2.21: tcp without a port range means every port': /must contain the parameter portRange/,
};

/** Rows that one deployment of the product can play together. */
export interface CaseWorld {
  /** What differs from the default policy. */
  readonly policy: Partial<PlanPolicy>;
  /** Whether the entries of prefix lists can be read. */
  readonly listsAreReadable: boolean;
  readonly rows: readonly Case[];
}

export const ROWS: readonly Case[] = loadCases().flatMap(({ cases }) => cases);

/** The first row of each kind: the same controls, calls in the same order, and the same decisions needed. */
const FIRST_OF_KIND: ReadonlySet<Case> = new Set(
  new Map(ROWS.toReversed().map((row) => [kindOf(row), row] as const)).values(),
);

/**
 * Whether a row is closed once more after its undo. What the undo restores is compared with what was there for every
 * row, so that the second closing begins as the first did, but for what the ledger knows: one row of a kind shows that,
 * all with PORTCULLIS_LONG=1.
 */
export function isClosedAgain(row: Case): boolean {
  return playsForHours || FIRST_OF_KIND.has(row);
}

function kindOf({ controls, expected: { steps, ask } }: Case): string {
  return JSON.stringify([controls, steps.map((text) => text.split(' ')[0]), ask.map(({ code }) => code)]);
}

/** All rows but those that EC2 refuses, by the deployment that they need. */
export function caseWorlds(): readonly CaseWorld[] {
  const worlds = new Map<string, CaseWorld>();
  for (const row of ROWS) {
    if (row.name in REFUSED_BY_EC2) continue;
    const { policy = {} } = row;
    const listsAreReadable = unreadableLists(row).length === 0;
    const key = JSON.stringify([policy, listsAreReadable]);
    const rows = worlds.get(key)?.rows ?? [];
    worlds.set(key, { policy, listsAreReadable, rows: [...rows, row] });
  }
  return [...worlds.values()];
}

/** Whether the policy that Portcullis comes with does for a world. */
export function isPlain({ policy, listsAreReadable }: CaseWorld): boolean {
  return listsAreReadable && Object.keys(policy).length === 0;
}

/** A row names lists without their entries to say that these could not be read. */
function unreadableLists(row: Case): readonly string[] {
  const resource = resourceOf(row);
  if (resource.kind !== 'security-group') return [];
  const named = resource.rules.flatMap(({ PrefixListId }) => PrefixListId ?? []);
  return named.filter((id) => resource.prefixLists[id] === undefined);
}
