import { stateOf, type RiskException } from '../exceptions/risk-exception';
import { stateOfGrant, type Grant } from '../grants/grant';
import type { RemediationAction, RemediationOutcome } from '../ledger/remediation-record';
import { truncateText } from '../messages/truncate-text';
import type { Question } from '../questions/question';
import type { Target } from '../target';
import {
  DIGEST_COUNTS,
  MOST_ABOUT,
  MOST_ACCOUNTS,
  MOST_ITEMS,
  SOON_DAYS,
  type AccountDigest,
  type Digest,
  type DigestCounts,
  type DigestItem,
} from './digest';

/** What a digest needs of a remediation. */
export interface DigestedRemediation {
  readonly remediationId: string;
  readonly target: Pick<Target, 'account' | 'region' | 'id'>;
  /** Missing where an earlier version has not written it beside the record. */
  readonly action?: RemediationAction;
  readonly outcome: RemediationOutcome;
  /** ISO 8601, UTC. */
  readonly finishedAt: string;
}

/** What the ledger has for a digest: remediations of the while and maybe others, and all of the rest. */
export interface DigestInput {
  readonly remediations: readonly DigestedRemediation[];
  readonly questions: readonly Question[];
  readonly exceptions: readonly RiskException[];
  readonly grants: readonly Grant[];
  /** Items that do not read as they were written. */
  readonly unreadable: number;
}

type Counted = Exclude<keyof DigestCounts, 'waiting' | 'ending' | 'granted'>;

/** What the outcome of a remediation counts as. What is not here was not open, or is somebody's own doing. */
const COUNTED: Readonly<Partial<Record<RemediationOutcome, readonly Counted[]>>> = {
  closed: ['opened', 'closed'],
  asked: ['opened'],
  notified: ['opened'],
  stopped: ['opened'],
  undone: ['opened'],
  'partly-undone': ['opened'],
  'exception-ended': ['opened'],
  'still-open': ['opened', 'failed'],
  failed: ['opened', 'failed'],
  'not-verified': ['opened', 'failed'],
  /** It may have been closed all along. */
  'could-not-tell': ['failed'],
};

/**
 * Of what only says what is, or would open something, nothing is left open where it fails: whoever asked was answered.
 */
const ANSWERED_DIRECTLY: ReadonlySet<RemediationAction> = new Set(['preview', 'context', 'accept', 'grant']);

function countedOf({ action = 'close', outcome }: DigestedRemediation): readonly Counted[] {
  if (outcome !== 'failed' || action === 'close') return COUNTED[outcome] ?? [];
  return ANSWERED_DIRECTLY.has(action) ? [] : ['failed'];
}

const DAY_MILLIS = 24 * 3_600_000;

/**
 * Puts together what was so from one moment to another, and what waits or ends soon then.
 *
 * @param since ISO 8601, UTC: what finished later counts
 * @param until the moment that it is made for
 */
export function toDigest(input: DigestInput, since: Date, until: Date): Digest {
  const accounts = new Map<string, Record<keyof DigestCounts, Set<string>>>();
  function count(account: string, name: keyof DigestCounts, id: string): void {
    const known = accounts.get(account) ?? newCounts();
    accounts.set(account, known);
    known[name].add(id);
  }
  const remediations = input.remediations.filter(({ finishedAt }) => {
    const millis = Date.parse(finishedAt);
    return millis > since.getTime() && millis <= until.getTime();
  });
  for (const each of remediations) {
    const { account, region, id } = each.target;
    for (const name of countedOf(each)) count(account, name, `${region}/${id}`);
  }
  const waiting = input.questions
    .filter(({ state }) => state.kind === 'open')
    .map((each) => toItem(each.questionId, each.target, each.until, each.reason));
  const soonMillis = until.getTime() + SOON_DAYS * DAY_MILLIS;
  const ending = input.exceptions
    .filter((each) => stateOf(each, until) !== 'ended' && Date.parse(each.until) <= soonMillis)
    .map((each) => toItem(each.exceptionId, each.target, each.until, each.reason));
  const granted = input.grants
    .filter((each) => stateOfGrant(each, until) !== 'ended')
    .map((each) => toItem(each.grantId, each.target, each.until, each.reason));
  for (const [name, items] of Object.entries({ waiting, ending, granted }) as [keyof DigestCounts, DigestItem[]][]) {
    for (const { account, id } of items) count(account, name, id);
  }
  const failed = newestOfTargets(remediations.filter((each) => countedOf(each).includes('failed'))).map(
    ({ remediationId, target, finishedAt, outcome }) => toItem(remediationId, target, finishedAt, outcome),
  );
  const all = [...accounts].map(([account, ids]) => toCounts(account, ids)).sort(mostFirst);
  return {
    since: since.toISOString(),
    until: until.toISOString(),
    all: sumOf(all),
    accounts: all.slice(0, MOST_ACCOUNTS),
    unreadable: input.unreadable,
    moreAccounts: Math.max(all.length - MOST_ACCOUNTS, 0),
    waiting: firstOf(waiting, 1),
    ending: firstOf(ending, 1),
    granted: firstOf(granted, 1),
    failed: firstOf(failed, -1),
  };
}

/** One a target, as it is counted. */
function newestOfTargets(remediations: readonly DigestedRemediation[]): readonly DigestedRemediation[] {
  const newest = new Map<string, DigestedRemediation>();
  for (const each of remediations) {
    const key = `${each.target.account}/${each.target.region}/${each.target.id}`;
    if ((newest.get(key)?.finishedAt ?? '') <= each.finishedAt) newest.set(key, each);
  }
  return [...newest.values()];
}

function newCounts(): Record<keyof DigestCounts, Set<string>> {
  return {
    ...{ opened: new Set(), closed: new Set(), waiting: new Set() },
    ...{ failed: new Set(), ending: new Set(), granted: new Set() },
  };
}

function toCounts(account: string, ids: Record<keyof DigestCounts, Set<string>>): AccountDigest {
  const { opened, closed, waiting, failed, ending, granted } = ids;
  return {
    account,
    ...{ opened: opened.size, closed: closed.size, waiting: waiting.size },
    ...{ failed: failed.size, ending: ending.size, granted: granted.size },
  };
}

function sumOf(accounts: readonly AccountDigest[]): DigestCounts {
  const sum = { opened: 0, closed: 0, waiting: 0, failed: 0, ending: 0, granted: 0 };
  for (const account of accounts) for (const name of DIGEST_COUNTS) sum[name] += account[name];
  return sum;
}

/** Where somebody has to do something first, then where much happened. */
function mostFirst(a: AccountDigest, b: AccountDigest): number {
  const weight = ({ waiting, failed, opened }: AccountDigest) => [failed, waiting, opened] as const;
  const [ours, theirs] = [weight(a), weight(b)];
  const differs = ours.findIndex((each, index) => each !== theirs[index]);
  return differs === -1 ? (a.account < b.account ? -1 : 1) : (theirs[differs] ?? 0) - (ours[differs] ?? 0);
}

function toItem(id: string, { account, region, id: target }: DigestedRemediation['target'], at: string, about: string) {
  // Most of what people write is not shown, and not read.
  const inOneLine = truncateText(about, 4 * MOST_ABOUT)
    .replace(/[\s\p{C}]+/gu, ' ')
    .trim();
  return { id, account, region, target, at, about: truncateText(inOneLine, MOST_ABOUT) } satisfies DigestItem;
}

/** @param direction 1 for the earliest first, -1 for the latest */
function firstOf(items: readonly DigestItem[], direction: 1 | -1): readonly DigestItem[] {
  const sorted = [...items].sort((a, b) => direction * (Date.parse(a.at) - Date.parse(b.at)));
  return sorted.slice(0, MOST_ITEMS);
}
