import { nameEntry, type PolicyConditions, type PolicyEntry } from './policy-entry';

/** An entry that can never decide, and why. */
export interface IdleEntry {
  readonly index: number;
  readonly message: string;
}

/**
 * Entries behind one that matches all that they match. Only what one entry alone covers is found: several that cover
 * another together are not.
 */
export function findIdleEntries(entries: readonly PolicyEntry[]): readonly IdleEntry[] {
  return entries.flatMap((entry, index) => {
    const before = entries.slice(0, index).findIndex((each) => covers(each.when ?? {}, entry.when ?? {}));
    const covering = entries[before];
    if (covering === undefined) return [];
    const message = `is never reached: ${nameEntry(covering, before)} before it matches all that it matches`;
    return [{ index, message }];
  });
}

/** Whether every subject that meets `narrow` meets `wide`: each condition of `wide` allows all that `narrow` allows. */
function covers(wide: PolicyConditions, narrow: PolicyConditions): boolean {
  return (
    isWithin(wide.controls, narrow.controls) &&
    isWithin(wide.accounts, narrow.accounts) &&
    isWithin(wide.regions, narrow.regions) &&
    isWithin(wide.severities, narrow.severities) &&
    areTagsWithin(wide.tags, narrow.tags)
  );
}

function isWithin(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): boolean {
  return wide === undefined || (narrow !== undefined && narrow.every((value) => wide.includes(value)));
}

function areTagsWithin(wide: PolicyConditions['tags'], narrow: PolicyConditions['tags']): boolean {
  if (wide === undefined) return true;
  return (
    narrow !== undefined &&
    narrow.every((tag) =>
      wide.some(({ key, value }) => key === tag.key && (value === undefined || value === tag.value)),
    )
  );
}
