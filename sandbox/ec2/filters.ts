import type { Filter } from '@aws-sdk/client-ec2';
import { matchesWildcard } from '../iam/wildcard';
import { invalidParameterValue } from './ec2-errors';
import type { Tags } from './tags';

/** A resource's values under a filter's name; undefined for a name that the operation does not know. */
export type FilterValues = Readonly<Record<string, readonly string[] | undefined>>;

/**
 * All filters must match, of a filter's values one; values know `*` and `?`. Tags are known to every operation.
 * @throws AwsError InvalidParameterValue for an unknown filter.
 */
export function matchesFilters(filters: readonly Filter[] | undefined, values: FilterValues, tags: Tags): boolean {
  return (filters ?? []).every(({ Name = '', Values = [] }) => {
    const held = Name.startsWith('tag:')
      ? tagValues(tags, Name.slice(4))
      : Name === 'tag-key'
        ? [...tags.keys()]
        : values[Name];
    if (held === undefined) throw invalidParameterValue(`The filter '${Name}' is invalid`);
    return held.some((value) => Values.some((pattern) => matchesWildcard(pattern, value)));
  });
}

function tagValues(tags: Tags, key: string): readonly string[] {
  const value = tags.get(key);
  return value === undefined ? [] : [value];
}
