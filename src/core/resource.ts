import type { NetworkAcl } from './network/network-acl';
import type { SecurityGroup } from './network/security-group-rule';

/** A target as it was read: everything that closing it, and undoing that, needs to know. */
export type Resource = SecurityGroup | NetworkAcl;
