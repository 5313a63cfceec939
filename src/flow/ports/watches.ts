import type { Plan } from '../../core/planning/plan';
import type { TrailCall } from '../../core/context/trail-call';
import type { Resource } from '../../core/resource';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';
import type { DueMessage, Schedules } from './schedules';

/**
 * Re-checks what was closed, some time later. Its messages go to the function that re-checks, not to the dispatcher.
 */
export interface Watches extends Pick<Schedules, 'scheduleOnce'> {
  /** How long after a closing, in seconds. */
  readonly seconds: readonly number[];
}

/** The same re-checks, as soon as may be: a sweep saw that what was closed is open. */
export interface Rechecks {
  /** Has it made; asked for twice it is made twice, at no harm. */
  request(message: DueMessage): PortResult<void>;
}

/** Who opened what violates, as far as CloudTrail shows. */
export interface Openers {
  /** Undefined where CloudTrail shows none. */
  fetchOpening(target: Target, resource: Resource, plan: Plan): PortResult<TrailCall | undefined>;
}
