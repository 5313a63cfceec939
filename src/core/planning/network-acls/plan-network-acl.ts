import type { RequestedControl } from '../../controls/control-id';
import type { NetworkAcl, NetworkAclEntry } from '../../network/network-acl';
import { renderEntryTraffic } from '../../network/network-acl-entry';
import type { AskReason } from '../../reasons/ask-reasons';
import type { RemarkReason } from '../../reasons/remark-reasons';
import { remaindersOf, type Remainders } from './entry-remainders';
import { fitsIntoQuota, numbersProblem, quotaProblem, type EntryLimits } from './entry-quota';
import { findEntryViolations } from './find-entry-violations';
import { isAllowedAlready, placeEntries } from './place-entries';
import type { NetworkAclPlan, NetworkAclStep } from '../plan';
import { planInWords } from '../plan-in-words';
import type { PlanPolicy } from '../plan-policy';

export interface NetworkAclRequest {
  readonly acl: NetworkAcl;
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  /** Inbound entries of both families, where EC2 has just refused more. */
  readonly refusedBeyond?: number | undefined;
}

/**
 * Rewrites each violating entry, whatever the strategy: without its return traffic a subnet is unreachable, so that
 * everything but the forbidden ports stays. What remains of the entry is created first, where it changes no outcome and
 * within what the entry still allows; replacing the entry by the last remainder is one call, and the only one that
 * closes.
 *
 * Where numbers or the quota do not suffice, the protocols that the policy keeps are given up one by one, the last of
 * them first; tcp, udp and icmp never are, a person decides then.
 *
 * What only goes makes room for the others. Its number stays free, so that an undo can put it back, as long as there
 * are others; then a remainder replaces it, for a second plan would find the number free and go on where this one asks.
 */
export function planNetworkAcl({ acl, controls, policy, refusedBeyond }: NetworkAclRequest): NetworkAclPlan {
  const { entries, violations, forbiddenTo, notCovered } = findEntryViolations(acl, controls);
  const rewrites = entries
    .map((entry) => ({ entry, remainders: remaindersOf(entry, forbiddenTo, policy.keepProtocols) }))
    // Each takes the room below it first: the room above is the next one's room below.
    .sort((a, b) => a.entry.RuleNumber - b.entry.RuleNumber);
  const going = rewrites.filter(({ remainders }) => isNothing(remainders)).map(({ entry }) => entry);
  const limits = { quota: policy.networkAclEntryQuota, refusedBeyond };
  const ingress = acl.entries.filter((entry) => !entry.Egress && !going.includes(entry));
  const leaving = new Set(going.map(({ RuleNumber }) => RuleNumber));
  const pending = rewrites.filter(({ remainders }) => !isNothing(remainders));
  const rewritten = rewriteAll(pending, { ingress, leaving }, limits);
  const deletions = going
    .filter(({ RuleNumber }) => rewritten.leaving.has(RuleNumber))
    .map((entry): NetworkAclStep => ({ call: 'DeleteNetworkAclEntry', rules: [entry] }));
  const remaining = [...rewritten.ingress, ...acl.entries.filter((entry) => entry.Egress)];
  return planInWords({
    violations,
    steps: [...deletions, ...rewritten.steps],
    remaining: remaining.sort(byDirectionAndNumber),
    ask: [...notCovered, ...rewritten.problems],
    remarks: [...(acl.isDefault ? [DEFAULT_ACL] : []), ...rewritten.givenUp.map(toGivenUpRemark)],
    ...(rewritten.givenUp.length === 0 ? {} : { givenUp: rewritten.givenUp }),
  });
}

/** A violating entry, and what of it may stay. */
interface Rewrite {
  readonly entry: NetworkAclEntry;
  readonly remainders: Remainders;
}

/** The inbound entries of a network ACL while a plan is made. */
interface Ingress {
  readonly ingress: readonly NetworkAclEntry[];
  /** Numbers of entries that go, and that nothing has taken yet. */
  readonly leaving: ReadonlySet<number>;
}

interface Rewritten extends Ingress {
  readonly steps: readonly NetworkAclStep[];
  readonly givenUp: readonly NetworkAclEntry[];
  readonly problems: readonly AskReason[];
}

/** Again and again, for what is made of one entry may stand in for a remainder of an earlier one that did not fit. */
function rewriteAll(rewrites: readonly Rewrite[], start: Ingress, limits: EntryLimits): Rewritten {
  let now: Rewritten = { ...start, steps: [], givenUp: [], problems: [] };
  let pending = rewrites;
  for (;;) {
    const problems: AskReason[] = [];
    const left: Rewrite[] = [];
    for (const rewrite of pending) {
      const violating = new Set([...left, ...pending.slice(pending.indexOf(rewrite))].map(({ entry }) => entry));
      const rewritten = rewriteOne(rewrite, now, { limits, violating });
      if ('code' in rewritten) {
        problems.push(rewritten);
        left.push(rewrite);
      } else {
        now = { ...now, ...rewritten };
      }
    }
    if (left.length === 0 || left.length === pending.length) return { ...now, problems };
    pending = left;
  }
}

/** A reason says why it cannot be. */
function rewriteOne(
  { entry, remainders: { needed, kept } }: Rewrite,
  now: Rewritten,
  { limits, violating }: { readonly limits: EntryLimits; readonly violating: ReadonlySet<NetworkAclEntry> },
): Omit<Rewritten, 'problems'> | AskReason {
  const staying = now.ingress.filter((other) => !violating.has(other));
  const others = now.ingress.filter((other) => other !== entry);
  let problem: AskReason | undefined;
  // The last time nothing is kept: what does not fit even then is the problem.
  for (let keeping = kept.length; keeping >= 0; keeping--) {
    const all = [...needed, ...kept.slice(0, keeping)];
    const missing = all.filter((remainder) => !isAllowedAlready(remainder, staying));
    // One is left in any case, to replace the old entry with.
    const made = missing.length === 0 ? all.slice(-1) : missing;
    const more = made.length - 1;
    const placement = placeEntries(entry.RuleNumber, made, { entries: others, leaving: now.leaving });
    if (placement.kind === 'no-room') {
      problem = numbersProblem(entry, more, placement.free);
    } else if (!fitsIntoQuota(entry, more, now.ingress, limits)) {
      problem = quotaProblem(entry, more, now.ingress, limits);
    } else {
      const placed = placement.entries;
      const numbers = new Set(placed.map(({ RuleNumber }) => RuleNumber));
      const lost = kept.slice(keeping).filter((remainder) => !isAllowedAlready(remainder, staying));
      return {
        ingress: [...others, ...placed],
        leaving: new Set([...now.leaving].filter((number) => !numbers.has(number))),
        steps: [...now.steps, ...toSteps(placed, entry.RuleNumber, now.leaving)],
        givenUp: [...now.givenUp, ...lost],
      };
    }
  }
  if (problem === undefined) throw new Error('Nothing was tried.');
  return problem;
}

/** What takes the old entry's own number comes last: it closes. */
function toSteps(
  placed: readonly NetworkAclEntry[],
  ownNumber: number,
  leaving: ReadonlySet<number>,
): readonly NetworkAclStep[] {
  const steps = (call: NetworkAclStep['call'], isMeant: (number: number) => boolean): readonly NetworkAclStep[] =>
    placed.filter(({ RuleNumber }) => isMeant(RuleNumber)).map((entry) => ({ call, rules: [entry] }));
  return [
    ...steps('ReplaceNetworkAclEntry', (number) => leaving.has(number)),
    ...steps('CreateNetworkAclEntry', (number) => number !== ownNumber && !leaving.has(number)),
    ...steps('ReplaceNetworkAclEntry', (number) => number === ownNumber),
  ];
}

function isNothing({ needed, kept }: Remainders): boolean {
  return needed.length + kept.length === 0;
}

const DEFAULT_ACL: RemarkReason = { code: 'default-network-acl' };

function toGivenUpRemark(entry: NetworkAclEntry): RemarkReason {
  const source = entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '';
  return { code: 'protocol-given-up', traffic: renderEntryTraffic(entry), source, ruleNumber: entry.RuleNumber };
}

function byDirectionAndNumber(a: NetworkAclEntry, b: NetworkAclEntry): number {
  return Number(a.Egress) - Number(b.Egress) || a.RuleNumber - b.RuleNumber;
}
