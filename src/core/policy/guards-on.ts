import type { Context } from '../context/context';
import type { Tag } from '../network/security-group-rule';
import type { DecisionReason } from '../reasons/decision-reasons';
import type { PolicyGuards } from './policy-entry';

/** What keeps a target from being closed unless a person insists. */
export interface Guard {
  /** As records and notes name it: `guard protectionTag`. */
  readonly name: string;
  readonly reason: DecisionReason;
  /** What it goes by is not known, so that it may hold or not: it keeps nothing but what nobody chose. */
  readonly isPossible?: true;
}

/** What guards go by. Undefined is what is not known; a context that nobody read leaves open what it would say. */
interface GuardFacts {
  readonly tags: readonly Tag[] | undefined;
  readonly context: Context | undefined;
}

/** All guards that hold a target, or that may: a person who is asked is notified of all of them at once. */
export function guardsOn({ tags, context }: GuardFacts, guards: PolicyGuards): readonly Guard[] {
  return [
    ...(guards.protectionTag === undefined ? [] : protectionTag(guards.protectionTag, tags)),
    ...(guards.firewallManager === false ? [] : firewallManager(context?.managedBy)),
    ...(guards.lastWayIn === false ? [] : lastWayIn(context?.otherWayIn)),
  ];
}

function protectionTag(key: string, tags: readonly Tag[] | undefined): readonly Guard[] {
  const name = 'guard protectionTag';
  if (tags === undefined) return [{ name, reason: { code: 'protection-tag-unknown', tag: key }, isPossible: true }];
  if (!tags.some(({ Key }) => Key === key)) return [];
  return [{ name, reason: { code: 'protection-tag', tag: key } }];
}

/**
 * What Firewall Manager has written, it writes again:
 * https://docs.aws.amazon.com/waf/latest/developerguide/security-group-policies.html
 */
function firewallManager(managedBy: Context['managedBy'] | undefined): readonly Guard[] {
  if (managedBy === undefined) {
    return [{ name: 'guard firewallManager', reason: { code: 'manager-unknown' }, isPossible: true }];
  }
  if (!managedBy.known || managedBy.value.by !== 'firewall-manager') return [];
  return [{ name: 'guard firewallManager', reason: { code: 'managed-by-firewall-manager' } }];
}

function lastWayIn(otherWayIn: Context['otherWayIn'] | undefined): readonly Guard[] {
  const name = 'guard lastWayIn';
  if (otherWayIn === undefined || !otherWayIn.known) {
    const cause = otherWayIn === undefined ? {} : { cause: otherWayIn.reason };
    return [{ name, reason: { code: 'other-way-in-unknown', ...cause }, isPossible: true }];
  }
  if (otherWayIn.value.answer !== 'no') return [];
  return [{ name, reason: { code: 'last-way-in', evidence: otherWayIn.evidence } }];
}
