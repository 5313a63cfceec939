import { CONFIGURED_BY } from '../../core/exceptions/configured-by';
import type { RiskException } from '../../core/exceptions/risk-exception';
import type { Policy } from '../../core/policy/policy-entry';
import { targetKey, type Target } from '../../core/target';
import type { Identifiers, PortResult, Schedules } from '../ports';

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** Ids that the exceptions of the configuration have on a target: the same as long as their words are. */
export function configuredIds(
  target: Target,
  { exceptions = [] }: Pick<Policy, 'exceptions'>,
  identifiers: Pick<Identifiers, 'exceptionId'>,
): ReadonlySet<string> {
  return new Set(
    exceptions.flatMap((each) =>
      each.controls.map((control) =>
        identifiers.exceptionId(target, `${CONFIGURED_BY} ${control} ${JSON.stringify(each)}`),
      ),
    ),
  );
}

/**
 * An exception of the configuration that suppresses something is searched for in it once a day: it may have been taken
 * out.
 */
export function scheduleCheck(
  { exceptionId, target }: Pick<RiskException, 'exceptionId' | 'target'>,
  now: Date,
  schedules: Pick<Schedules, 'scheduleOnce'>,
): PortResult<void> {
  const at = new Date(now.getTime() + DAY_MILLIS);
  const message = { kind: 'due' as const, what: 'exception-check', id: `${targetKey(target)}#${exceptionId}` };
  // A day's check is scheduled once, by whom ever.
  return schedules.scheduleOnce({
    name: `exception-check-${exceptionId}-${at.toISOString().slice(0, 10)}`,
    at,
    message,
  });
}
