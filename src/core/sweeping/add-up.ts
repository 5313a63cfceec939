import type { SweepTotals } from './sweep';
import type { SweptPlace, Unreadable } from './swept-place';

/** What one place adds to a sweep: the little of it that an execution remembers. */
export interface PlaceSummary extends Pick<
  SweptPlace,
  'account' | 'region' | 'securityGroups' | 'networkAcls' | 'unreadable'
> {
  readonly violating: number;
  readonly imported: number;
  readonly archived: number;
}

/** Unreadable targets of one place that an execution remembers; the ledger has all. */
const REMEMBERED = 5;

/** What a sweep found in one account and Region, in figures, with the first of what could not be read. */
export function summarize(
  { targets, unreadable, account, region, securityGroups, networkAcls }: SweptPlace,
  { imported, archived }: { readonly imported: number; readonly archived: number },
): PlaceSummary {
  const first = unreadable.slice(0, REMEMBERED).map(shortened);
  return {
    account,
    region,
    securityGroups,
    networkAcls,
    violating: targets.length,
    unreadable: first,
    imported,
    archived,
  };
}

const REASON_CHARACTERS = 300;

function shortened(each: Unreadable): Unreadable {
  return { ...each, reason: each.reason.slice(0, REASON_CHARACTERS) };
}

/** Accounts and Regions count where something of them could be read. */
export function addUp(places: readonly PlaceSummary[]): SweepTotals {
  const read = places.filter((place) => !isUnread(place));
  const sum = (count: (place: PlaceSummary) => number) => places.reduce((total, place) => total + count(place), 0);
  return {
    accounts: new Set(read.map(({ account }) => account)).size,
    regions: new Set(read.map(({ region }) => region)).size,
    securityGroups: sum(({ securityGroups }) => securityGroups),
    networkAcls: sum(({ networkAcls }) => networkAcls),
    violating: sum(({ violating }) => violating),
    unreadable: sum(({ unreadable }) => unreadable.length),
    imported: sum(({ imported }) => imported),
    archived: sum(({ archived }) => archived),
  };
}

/** Nothing of it could be read: the account or the Region as a whole is what is not known. */
function isUnread({ unreadable }: PlaceSummary): boolean {
  return unreadable.some(({ target, control }) => target === undefined && control === undefined);
}
