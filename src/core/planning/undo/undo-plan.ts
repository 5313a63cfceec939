import type { NetworkAclEntry } from '../../network/network-acl';
import type { SecurityGroupRule } from '../../network/security-group-rule';
import type { LeftAloneReason } from '../../reasons/undo-reasons';
import type { NetworkAclStep, SecurityGroupStep } from '../plan';

/** What would put a closing back, call by call. */
export interface UndoPlan {
  readonly steps: readonly (SecurityGroupStep | NetworkAclStep)[];
  /** What is not put back, because somebody changed it since. */
  readonly leftAlone: readonly LeftAloneReason[];
  /** The target's rules, or entries, once every step has run. */
  readonly remaining: readonly (SecurityGroupRule | NetworkAclEntry)[];
}
