/** Conditions of `include` or `exclude`, each met by one of its values. */
interface Filter {
  readonly accounts?: readonly string[];
  readonly organizationalUnits?: readonly string[];
  readonly regions?: readonly string[];
  readonly severities?: readonly string[];
  readonly tags?: readonly { readonly key: string; readonly value?: string }[];
}

interface Mistake {
  readonly path: readonly string[];
  readonly message: string;
  readonly fix: string;
}

const KEYS = ['accounts', 'organizationalUnits', 'regions', 'severities', 'tags'] as const;

/** Conditions of `exclude` that every target of `include` meets, so that the entry closes nothing. */
export function findExcludedIncludes(entry: {
  readonly include?: Filter;
  readonly exclude?: Filter;
}): readonly Mistake[] {
  const { include = {}, exclude = {} } = entry;
  return KEYS.flatMap((key): readonly Mistake[] => {
    const wanted: readonly Value[] | undefined = include[key];
    const kept: readonly Value[] = exclude[key] ?? [];
    const isContrary = wanted?.every((one) => kept.some((other) => covers(other, one))) === true;
    if (!isContrary) return [];
    const message = 'names all that include names, so that the entry closes nothing';
    return [{ path: ['exclude', key], message, fix: 'name others, or remove the entry' }];
  });
}

type Value = string | { readonly key: string; readonly value?: string };

/** A tag without a value is met by any. */
function covers(wide: Value, narrow: Value): boolean {
  if (typeof wide === 'string' || typeof narrow === 'string') return wide === narrow;
  return wide.key === narrow.key && (wide.value === undefined || wide.value === narrow.value);
}
