import type { Tag } from '../network/security-group-rule';
import type { Fact, Owner } from './context';
import { known } from './fact';

/** The keys that people use most; compared without regard to case. */
const OWNER_KEYS = ['owner', 'team', 'contact'];
const ENVIRONMENT_KEYS = ['environment', 'env', 'stage'];

/** Who owns a target and what for, as its tags say; what these do not say, those of what is attached to it may. */
export function toOwner(own: readonly Tag[], attached: readonly Tag[] = []): Fact<Owner> {
  const owner = firstOf(OWNER_KEYS, own) ?? firstOf(OWNER_KEYS, attached);
  const environment = firstOf(ENVIRONMENT_KEYS, own) ?? firstOf(ENVIRONMENT_KEYS, attached);
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
