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
 * nobody read.
 */
export function toOwner(own: readonly Tag[], attached: Result<readonly Tag[], string> = success([])): Fact<Owner> {
  const others = attached.ok ? attached.value : [];
  const owner = firstOf(OWNER_KEYS, own) ?? firstOf(OWNER_KEYS, others);
  const environment = firstOf(ENVIRONMENT_KEYS, own) ?? firstOf(ENVIRONMENT_KEYS, others);
  if (!attached.ok && (owner === undefined || environment === undefined)) return unknown(attached.error);
  const value: Owner = {
    ...(owner === undefined ? {} : { owner: owner.Value }),
    ...(environment === undefined ? {} : { environment: environment.Value }),
    tags: own,
  };
  const found = [owner, environment].flatMap((tag) => (tag === undefined ? [] : `tag ${tag.Key}=${tag.Value}`));
  return known(value, ...(found.length === 0 ? ['no tag names an owner or an environment'] : found));
}

function firstOf(keys: readonly string[], tags: readonly Tag[]): Tag | undefined {
  for (const key of keys) {
    const found = tags.find(({ Key, Value }) => Key.toLowerCase() === key && Value !== '');
    if (found) return found;
  }
  return undefined;
}
