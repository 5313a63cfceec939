import type { SecurityGroup } from './security-group-rule';

/** EC2 names a VPC's default group so, and lets no other group have the name. */
const DEFAULT_GROUP_NAME = 'default';

/**
 * Undefined when the name is not known: `describe-security-group-rules` does not print it, and the id stands for it.
 */
export function isDefaultGroup({ id, name }: Pick<SecurityGroup, 'id' | 'name'>): boolean | undefined {
  return name === id ? undefined : name === DEFAULT_GROUP_NAME;
}
