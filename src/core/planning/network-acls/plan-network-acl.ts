import type { ControlInHand } from '../../controls/control-id';
import type { NetworkAcl, NetworkAclEntry } from '../../network/network-acl';
import { isSameEntry, renderEntry } from '../../network/network-acl-entry';
import { numbersAround } from './entry-numbers';
import { piecesOf } from './entry-pieces';
import { DEFAULT_ACL, findEntryViolations } from './find-entry-violations';
import type { NetworkAclPlan, NetworkAclStep } from '../plan';
import type { PlanPolicy } from '../plan-policy';

/**
 * IPv4 and IPv6 entries together, in one direction, EC2's own last entries included.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls
 */
const DEFAULT_ENTRY_QUOTA = 20;

export interface NetworkAclRequest {
  readonly acl: NetworkAcl;
  readonly controls: readonly ControlInHand[];
  readonly policy: PlanPolicy;
}

/**
 * Rewrites each violating entry in place, whatever the strategy: without its return traffic a subnet is cut off, so that
 * everything but the forbidden ports stays. The pieces come first, between the same neighbours, each of them within what
 * the old entry still allows; replacing the old entry by the last piece is one call, and the only one that closes.
 *
 * What only goes makes room for the others. Its number stays free, so that an undo can put it back, as long as there are
 * others; then a piece replaces it, for a second plan would find the number free and go on where this one asks.
 */
export function planNetworkAcl({ acl, controls, policy }: NetworkAclRequest): NetworkAclPlan {
  const { entries, violations, forbidden, notCovered } = findEntryViolations(acl, controls);
  const cuts = entries
    .map((entry) => ({ entry, pieces: piecesOf(entry, forbidden, policy.keepProtocols) }))
    // Each takes the room below it first: the room above is the next one's room below.
    .sort((a, b) => a.entry.RuleNumber - b.entry.RuleNumber);
  const going = new Set(cuts.filter(({ pieces }) => pieces.length === 0).map(({ entry }) => entry));
  const leaving = new Set([...going].map(({ RuleNumber }) => RuleNumber));
  let ingress = acl.entries.filter((entry) => !entry.Egress && !going.has(entry));
  const taken = new Set(ingress.map(({ RuleNumber }) => RuleNumber));
  const ask = [...notCovered];
  const rewriting: NetworkAclStep[] = [];
  for (const { entry, pieces: all } of cuts) {
    if (going.has(entry)) continue;
    const pieces = withoutThere(all, ingress);
    const needed = pieces.length - 1;
    const numbers = numbersAround(entry.RuleNumber, needed, { taken, leaving });
    const problem = roomProblem(entry, needed, numbers.length, ingress.length, policy);
    if (problem !== undefined) {
      ask.push(problem);
      continue;
    }
    const placed = pieces.map((piece, index) => ({ ...piece, RuleNumber: numbers[index] ?? entry.RuleNumber }));
    rewriting.push(...rewrite(placed, entry.RuleNumber, leaving));
    ingress = [...ingress.filter((other) => other !== entry), ...placed];
    for (const number of numbers) {
      taken.add(number);
      leaving.delete(number);
    }
  }
  const deletions = [...going]
    .filter(({ RuleNumber }) => leaving.has(RuleNumber))
    .map((entry): NetworkAclStep => ({ call: 'DeleteNetworkAclEntry', rules: [entry] }));
  const remaining = [...ingress, ...acl.entries.filter((entry) => entry.Egress)];
  return {
    violations,
    steps: [...deletions, ...rewriting],
    remaining: remaining.sort(byDirectionAndNumber),
    ask,
    remarks: acl.isDefault ? [DEFAULT_ACL] : [],
  };
}

/**
 * Without what another entry says at a lower number, so that EC2 would never come to the piece: a closing that broke off
 * has left it there, or it is a piece of an earlier entry too. One is left in any case, to replace the old entry with.
 */
function withoutThere(
  pieces: readonly NetworkAclEntry[],
  entries: readonly NetworkAclEntry[],
): readonly NetworkAclEntry[] {
  const missing = pieces.filter(
    (piece) =>
      !entries.some(
        (entry) =>
          entry.RuleNumber < piece.RuleNumber && isSameEntry({ ...entry, RuleNumber: piece.RuleNumber }, piece),
      ),
  );
  return missing.length === 0 ? pieces.slice(-1) : missing;
}

/** The piece at the old entry's own number comes last: it closes. */
function rewrite(
  placed: readonly NetworkAclEntry[],
  ownNumber: number,
  leaving: ReadonlySet<number>,
): readonly NetworkAclStep[] {
  const steps = (call: NetworkAclStep['call'], isMeant: (number: number) => boolean): readonly NetworkAclStep[] =>
    placed.filter(({ RuleNumber }) => isMeant(RuleNumber)).map((piece) => ({ call, rules: [piece] }));
  return [
    ...steps('ReplaceNetworkAclEntry', (number) => leaving.has(number)),
    ...steps('CreateNetworkAclEntry', (number) => number !== ownNumber && !leaving.has(number)),
    ...steps('ReplaceNetworkAclEntry', (number) => number === ownNumber),
  ];
}

function roomProblem(
  entry: NetworkAclEntry,
  needed: number,
  numbers: number,
  holding: number,
  policy: PlanPolicy,
): string | undefined {
  if (needed <= 0) return undefined;
  const what = `Leaving everything else of ${renderEntry(entry)} open needs ${String(needed)} more ${needed === 1 ? 'entry' : 'entries'}`;
  if (numbers < needed) {
    return `${what}, and rule numbers between its neighbours are free for ${String(numbers)}; renumber the entries around it.`;
  }
  const quota = policy.networkAclEntryQuota ?? DEFAULT_ENTRY_QUOTA;
  if (holding + needed > quota) {
    return `${what} beside the ${String(holding)} that the network ACL holds inbound, and its quota is ${String(quota)}; remove entries, or raise the quota.`;
  }
  return undefined;
}

function byDirectionAndNumber(a: NetworkAclEntry, b: NetworkAclEntry): number {
  return Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber;
}
