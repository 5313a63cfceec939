import type { ControlInHand } from '../controls/control-id';
import type { NetworkAcl, NetworkAclEntry } from '../network/network-acl';
import { renderEntry } from '../network/network-acl-entry';
import { piecesOf } from './entry-pieces';
import { findEntryViolations } from './find-entry-violations';
import type { NetworkAclPlan, NetworkAclStep } from './plan';
import type { PlanPolicy } from './plan-policy';

/** EC2 keeps 32767 and 32768 for its own last entries: https://docs.aws.amazon.com/vpc/latest/userguide/nacl-rules.html */
const HIGHEST_RULE_NUMBER = 32766;

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
 */
export function planNetworkAcl({ acl, controls, policy }: NetworkAclRequest): NetworkAclPlan {
  const { entries, violations, forbidden, notCovered } = findEntryViolations(acl, controls);
  const ask = [...notCovered];
  const steps: NetworkAclStep[] = [];
  let ingress = acl.entries.filter((entry) => !entry.Egress);
  // The number of an entry that goes stays free, so that an undo can put it back.
  const taken = new Set(ingress.map(({ RuleNumber }) => RuleNumber));
  const cuts = entries.map((entry) => ({ entry, pieces: piecesOf(entry, forbidden, policy.keepProtocols) }));
  for (const { entry, pieces } of cuts.sort(byRoom)) {
    const numbers = freeNumbers(entry.RuleNumber, taken, pieces.length - 1);
    const problem = roomProblem(entry, pieces.length - 1, numbers, ingress.length, policy);
    if (problem !== undefined) {
      ask.push(problem);
      continue;
    }
    const rewritten = rewrite(entry, pieces, numbers);
    steps.push(...rewritten.steps);
    ingress = [...ingress.filter((other) => other !== entry), ...rewritten.entries];
    for (const { RuleNumber } of rewritten.entries) taken.add(RuleNumber);
  }
  const remaining = [...ingress, ...acl.entries.filter((entry) => entry.Egress)];
  return { violations, steps, remaining: remaining.sort(byDirectionAndNumber), ask, remarks: [] };
}

interface Cut {
  readonly entry: NetworkAclEntry;
  readonly pieces: readonly NetworkAclEntry[];
}

/**
 * What only goes makes room within the quota for the others. These ascend, each taking the room below it first: the room above is the next
 * one's room below.
 */
function byRoom(a: Cut, b: Cut): number {
  const goes = ({ pieces }: Cut): number => (pieces.length === 0 ? 0 : 1);
  return goes(a) - goes(b) || a.entry.RuleNumber - b.entry.RuleNumber;
}

function rewrite(entry: NetworkAclEntry, pieces: readonly NetworkAclEntry[], numbers: readonly number[]) {
  const last = pieces.at(-1);
  if (last === undefined) {
    const deletion: NetworkAclStep = { call: 'DeleteNetworkAclEntry', rules: [entry] };
    return { steps: [deletion], entries: [] };
  }
  const created = pieces.slice(0, -1).map((piece, index) => ({ ...piece, RuleNumber: numbers[index] ?? NaN }));
  const steps: NetworkAclStep[] = [
    ...created.map((piece): NetworkAclStep => ({ call: 'CreateNetworkAclEntry', rules: [piece] })),
    { call: 'ReplaceNetworkAclEntry', rules: [last] },
  ];
  return { steps, entries: [...created, last] };
}

/** Up to `wanted` numbers between the neighbours of an entry, ascending: below it as far as there is room, then above. */
function freeNumbers(number: number, taken: ReadonlySet<number>, wanted: number): readonly number[] {
  const others = [...taken].filter((other) => other !== number);
  const below = Math.max(0, ...others.filter((other) => other < number));
  const above = Math.min(HIGHEST_RULE_NUMBER + 1, ...others.filter((other) => other > number));
  const numbers: number[] = [];
  for (let free = number - 1; free > below && numbers.length < wanted; free--) numbers.unshift(free);
  for (let free = number + 1; free < above && numbers.length < wanted; free++) numbers.push(free);
  return numbers;
}

function roomProblem(
  entry: NetworkAclEntry,
  needed: number,
  numbers: readonly number[],
  holding: number,
  policy: PlanPolicy,
): string | undefined {
  if (needed <= 0) return undefined;
  const what = `Leaving everything else of ${renderEntry(entry)} open needs ${String(needed)} more ${needed === 1 ? 'entry' : 'entries'}`;
  if (numbers.length < needed) {
    return `${what}, and rule numbers between its neighbours are free for ${String(numbers.length)}; renumber the entries around it.`;
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
