import type { Context } from '../context/context';
import type { Tag } from '../network/security-group-rule';
import type { PolicyGuards } from './policy-entry';

/** What keeps a target from being closed unless a person insists. */
export interface Guard {
  /** As records and notes name it: `guard protectionTag`. */
  readonly name: string;
  /** A sentence. */
  readonly reason: string;
  /** What it goes by is not known, so that it may hold or not: it keeps nothing but what nobody chose. */
  readonly isPossible?: true;
}

/** What guards go by. Undefined is what is not known; a context that nobody read leaves open what it would say. */
interface GuardFacts {
  readonly tags: readonly Tag[] | undefined;
  readonly context: Context | undefined;
}

/** All guards that hold a target, or that may: a person who is asked is told of all of them at once. */
export function guardsOn({ tags, context }: GuardFacts, guards: PolicyGuards): readonly Guard[] {
  return [
    ...(guards.protectionTag === undefined ? [] : protectionTag(guards.protectionTag, tags)),
    ...(guards.firewallManager === false ? [] : firewallManager(context?.managedBy)),
    ...(guards.lastWayIn === false ? [] : lastWayIn(context?.otherWayIn)),
  ];
}

function protectionTag(key: string, tags: readonly Tag[] | undefined): readonly Guard[] {
  const name = 'guard protectionTag';
  if (tags === undefined)
    return [{ name, reason: `Whether the target has the tag ${key} is not known.`, isPossible: true }];
  if (!tags.some(({ Key }) => Key === key)) return [];
  return [{ name, reason: `The target has the tag ${key}, which keeps it from being closed.` }];
}

/**
 * What Firewall Manager has written, it writes again:
 * https://docs.aws.amazon.com/waf/latest/developerguide/security-group-policies.html
 */
function firewallManager(managedBy: Context['managedBy'] | undefined): readonly Guard[] {
  if (managedBy === undefined) {
    return [{ name: 'guard firewallManager', reason: 'What manages the target is not known.', isPossible: true }];
  }
  if (!managedBy.known || managedBy.value.by !== 'firewall-manager') return [];
  const reason = 'Firewall Manager manages the target and would open it again: change its policy.';
  return [{ name: 'guard firewallManager', reason }];
}

function lastWayIn(otherWayIn: Context['otherWayIn'] | undefined): readonly Guard[] {
  const name = 'guard lastWayIn';
  if (otherWayIn === undefined || !otherWayIn.known) {
    const why = otherWayIn === undefined ? '' : `: ${otherWayIn.reason}`;
    return [{ name, reason: `Whether there is another way in is not known${why}.`, isPossible: true }];
  }
  if (otherWayIn.value.answer !== 'no') return [];
  const why = otherWayIn.evidence.length === 0 ? '' : `: ${otherWayIn.evidence.join('; ')}`;
  return [{ name, reason: `It would close the last way in that is known${why}.` }];
}
