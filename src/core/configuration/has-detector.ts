import type { Configuration } from './schema/configuration-schema';

type Detection = Pick<Configuration, 'detection'>;

/** Whether what was closed is re-checked, by schedule or by sweeps. */
export function isWatching({ detection }: Detection): boolean {
  return detection?.watch !== undefined || detection?.sweep !== undefined;
}

/**
 * Whether a function of the hub re-checks single targets: those that CloudTrail reports, and those that were closed.
 */
export function hasDetector({ detection }: Detection): boolean {
  return detection?.cloudTrail === true || isWatching({ detection });
}
