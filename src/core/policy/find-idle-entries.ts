import { FACT_CONDITIONS, nameEntry, type PolicyConditions, type PolicyEntry } from './policy-entry';

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
    const before = entries.slice(0, index).findIndex((each) => covers(each, entry));
    const covering = entries[before];
    if (covering === undefined) return [];
    const message = `is never reached: ${nameEntry(covering, before)} before it matches all that it matches`;
    return [{ index, message }];
  });
}

/** Whether all that `narrow` matches is matched by `wide`: each condition of `wide` allows all that `narrow` allows. */
function covers(wide: PolicyEntry, narrow: PolicyEntry): boolean {
  const [outer, inner] = [wide.when ?? {}, narrow.when ?? {}];
  return (
    isWithin(outer.controls, inner.controls) &&
    isWithin(outer.accounts, inner.accounts) &&
    isWithin(outer.regions, inner.regions) &&
    isWithin(outer.severities, inner.severities) &&
    areTagsWithin(outer.tags, inner.tags) &&
    isWithin(outer.organizationalUnits, inner.organizationalUnits) &&
    isWithin(lowered(outer.environments), lowered(inner.environments)) &&
    isWithin(lowered(outer.owners), lowered(inner.owners)) &&
    areFactsWithin(wide, narrow)
  );
}

/** With `any` one condition of `wide` suffices, and each one of `narrow` is a way to match it. */
function areFactsWithin(wide: PolicyEntry, narrow: PolicyEntry): boolean {
  const named = ({ when = {} }: PolicyEntry) => FACT_CONDITIONS.filter((name) => when[name] !== undefined);
  const [outer, inner] = [named(wide), named(narrow)];
  if (outer.length === 0) return true;
  const follows = (name: (typeof FACT_CONDITIONS)[number]) =>
    isWithin(wide.when?.[name], narrow.when?.[name]) &&
    // An entry that closes wants all that is attached named, which is less than one of it.
    (name !== 'attachedTo' || wide.do !== 'auto' || narrow.do === 'auto');
  const isAny = wide.when?.any === true;
  if (narrow.when?.any !== true) return isAny ? outer.some(follows) : outer.every(follows);
  return (
    inner.length > 0 &&
    inner.every((name) => (isAny ? outer.includes(name) : outer.every((one) => one === name)) && follows(name))
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

function lowered(values: readonly string[] | undefined): readonly string[] | undefined {
  return values?.map((value) => value.toLowerCase());
}
