import type { Grant } from '../../core/grants/grant';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { PortResult, Schedules } from '../ports';

/** Minutes from the end of a grant to each attempt to take it away; from the last one on once a day. */
const ATTEMPT_MINUTES = [0, 10, 30, 60, 120, 240, 480, 960] as const;
const DAY_MINUTES = 24 * 60;

/** Another attempt is made ready before one is made, so that an execution that is lost is not the last one. */
const ATTEMPTS_AHEAD = 2;

/**
 * Sees to it that what is granted ends. The first two attempts are scheduled before anything is opened: the second
 * finds nothing to do where the first has worked, and raises the alarm where it has not.
 */
export async function scheduleGrantEnd(
  grant: Pick<Grant, 'grantId' | 'target' | 'until'>,
  schedules: Pick<Schedules, 'scheduleOnce'>,
): PortResult<void> {
  for (let attempt = 1; attempt <= ATTEMPTS_AHEAD; attempt++) {
    const scheduled = await scheduleAttempt(grant, attempt, schedules);
    if (!scheduled.ok) return scheduled;
  }
  return success(undefined);
}

/** After an attempt that did not work. */
export function scheduleNextAttempt(
  grant: Pick<Grant, 'grantId' | 'target' | 'until'>,
  attempt: number,
  schedules: Pick<Schedules, 'scheduleOnce'>,
): PortResult<void> {
  return scheduleAttempt(grant, attempt + ATTEMPTS_AHEAD, schedules);
}

function scheduleAttempt(
  { grantId, target, until }: Pick<Grant, 'grantId' | 'target' | 'until'>,
  attempt: number,
  schedules: Pick<Schedules, 'scheduleOnce'>,
): PortResult<void> {
  const at = new Date(Date.parse(until) + minutesAfter(attempt) * 60_000);
  const id = `${targetKey(target)}#${grantId}#${String(attempt)}`;
  const message = { kind: 'due' as const, what: 'grant-end', id };
  // A target's key would not fit into a name of 64 characters.
  return schedules.scheduleOnce({ name: `grant-end-${grantId}-${String(attempt)}`, at, message });
}

function minutesAfter(attempt: number): number {
  const last = ATTEMPT_MINUTES.length;
  const known = ATTEMPT_MINUTES[attempt - 1];
  return known ?? (ATTEMPT_MINUTES[last - 1] ?? 0) + (attempt - last) * DAY_MINUTES;
}
