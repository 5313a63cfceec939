import type { GrantedRule } from '../grants/grant';
import type { Target } from '../target';

/** What somebody in Slack wants done that no question asks about. It is written down before anything begins. */
export type Wish = UndoWish | GrantWish;

interface WishOf<Kind> {
  readonly kind: Kind;
  /** Two clicks that mean the same have the same. */
  readonly wishId: string;
  readonly target: Target;
  /** Who clicked: `slack:U0456EFGH`. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly at: string;
}

/** A closing, or an isolation, is to be taken back. */
export interface UndoWish extends WishOf<'undo'> {
  readonly remediationId: string;
}

/** One port is to be opened to one block of addresses, until a moment. */
export interface GrantWish extends WishOf<'grant'> {
  readonly rule: GrantedRule;
  /** ISO 8601, UTC. */
  readonly until: string;
  /** As it was written. */
  readonly reason: string;
}

/** The id of an undo: a closing is taken back once. */
export function undoWishId(remediationId: string): string {
  return `undo-${remediationId}`;
}

/** @param viewId Slack's name of the form that was filled in, which is shown, and sent, once */
export function grantWishId(viewId: string): string {
  return `grant-${viewId}`;
}

/** The id of its request, which the same wish at another time does not have. */
export function requestIdOfWish({ wishId, at }: Wish): string {
  return `slack-${wishId}-${String(Date.parse(at))}`;
}

const WORDS = { undo: 'Undo', grant: 'Grant' } as const;

/** Who decided, as records and findings say it. */
export function decidedByWish({ kind, by }: Pick<Wish, 'kind' | 'by'>): string {
  return `${WORDS[kind]} in Slack by ${by}`;
}

/** The user of Slack whose wish a remediation was, by who decided it; undefined where it was nobody's. */
export function wisherIn(decidedBy: string): string | undefined {
  return /^(?:Undo|Grant) in Slack by (slack:[UW][A-Z0-9]{2,30})$/.exec(decidedBy)?.[1];
}
