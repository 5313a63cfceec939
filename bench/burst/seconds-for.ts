import type { RateQuota } from '../../sandbox/runtime/service-quotas';

/** Seconds that so many calls of one account and Region take at least. */
export function secondsFor(calls: number, { burst, perSecond }: RateQuota): number {
  return Math.max(0, calls - burst) / perSecond;
}
