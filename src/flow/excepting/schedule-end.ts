import type { RiskException } from '../../core/exceptions/risk-exception';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { PortResult, Schedules } from '../ports';

/** Before the end, or half of the time where that is shorter. */
const REMINDER_MILLIS = 7 * 24 * 60 * 60 * 1000;

/** Sees to it that an exception ends, and that people are reminded before. Goes before the exception is written. */
export async function scheduleEnd(
  { exceptionId, target, since, until }: Pick<RiskException, 'exceptionId' | 'target' | 'since' | 'until'>,
  schedules: Pick<Schedules, 'scheduleOnce'>,
): PortResult<void> {
  const [begin, end] = [Date.parse(since), Date.parse(until)];
  const remind = Math.max(end - REMINDER_MILLIS, begin + (end - begin) / 2);
  const id = `${targetKey(target)}#${exceptionId}`;
  const due = [
    { what: 'exception-end', at: new Date(end) },
    { what: 'exception-reminder', at: new Date(remind) },
  ];
  for (const { what, at } of due) {
    const message = { kind: 'due' as const, what, id };
    // A target's key would not fit into a name of 64 characters.
    const scheduled = await schedules.scheduleOnce({ name: `${what}-${exceptionId}`, at, message });
    if (!scheduled.ok) return scheduled;
  }
  return success(undefined);
}
