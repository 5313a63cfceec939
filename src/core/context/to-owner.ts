import type { Tag } from '../network/security-group-rule';
import { success, type Result } from '../result';
import type { Fact, Owner } from './context';
import { known, unknown } from './fact';

/** The keys that people use most; compared without regard to case. */
const OWNER_KEYS = ['owner', 'team', 'contact'];
const ENVIRONMENT_KEYS = ['environment', 'env', 'stage'];

/**
 * Who owns a target and what for, as its tags say; what these do not say, those of what is attached to it may. Where
 * they could not be read, it is not known: a target without an environment is not the same as one whose environment
 * nobody read. Where what is attached says several things, all of them are kept.
 *
 * @param attached the tags of each instance
 */
export function toOwner(
  own: readonly Tag[],
  attached: Result<readonly (readonly Tag[])[], string> = success([]),
): Fact<Owner> {
  const others = attached.ok ? attached.value : [];
  const owner = sayingOf(OWNER_KEYS, own, others);
  const environment = sayingOf(ENVIRONMENT_KEYS, own, others);
  if (!attached.ok && (owner === undefined || environment === undefined)) return unknown(attached.error);
  const value: Owner = {
    ...(owner === undefined ? {} : { owner: owner.tag.Value }),
    ...(environment === undefined ? {} : { environment: environment.tag.Value }),
    ...(owner?.all === undefined ? {} : { owners: owner.all }),
    ...(environment?.all === undefined ? {} : { environments: environment.all }),
    tags: own,
  };
  const found = [owner, environment].flatMap((saying) =>
    saying === undefined ? [] : `tag ${saying.tag.Key}=${saying.tag.Value}`,
  );
  return known(value, ...(found.length === 0 ? ['no tag names an owner or an environment'] : found));
}

interface Saying {
  readonly tag: Tag;
  /** Each value once, where instances differ. */
  readonly all?: readonly string[];
}

function sayingOf(
  keys: readonly string[],
  own: readonly Tag[],
  others: readonly (readonly Tag[])[],
): Saying | undefined {
  const ofItself = firstOf(keys, own);
  if (ofItself !== undefined) return { tag: ofItself };
  const tags = others.map((each) => firstOf(keys, each));
  const tag = tags.find((each) => each !== undefined);
  if (tag === undefined) return undefined;
  const all = [...new Set(tags.map((each) => each?.Value ?? ''))];
  return { tag, ...(all.length > 1 && { all }) };
}

function firstOf(keys: readonly string[], tags: readonly Tag[]): Tag | undefined {
  for (const key of keys) {
    const found = tags.find(({ Key, Value }) => Key.toLowerCase() === key && Value !== '');
    if (found) return found;
  }
  return undefined;
}
