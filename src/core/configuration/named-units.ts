import type { Configuration } from './schema/configuration-schema';

/** An organizational unit, or the root, that a configuration names. */
export interface NamedUnit {
  readonly id: string;
  /** The keys that name it, such as `automatic[0].exclude.organizationalUnits`. */
  readonly where: readonly string[];
}

const KEY = 'organizationalUnits';

/** All units that a configuration names, wherever it does: nobody is in one that does not exist any more. */
export function namedUnits(configuration: Configuration): readonly NamedUnit[] {
  const where = new Map<string, Set<string>>();
  const visit = (value: unknown, path: string): void => {
    if (Array.isArray(value)) {
      for (const [index, each] of value.entries()) visit(each, `${path}[${String(index)}]`);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, each] of Object.entries(value)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (key !== KEY || !Array.isArray(each)) visit(each, here);
      else for (const id of each) where.set(String(id), (where.get(String(id)) ?? new Set()).add(here));
    }
  };
  visit(configuration, '');
  return [...where].map(([id, paths]) => ({ id, where: [...paths] }));
}
