import type { Call } from './operation';
import type { RateQuota } from './service-quotas';

interface Bucket {
  tokens: number;
  filledMillis: number;
}

/** Keeps the rate quotas of operations, each in each account and Region by itself. */
export class RateLimits {
  readonly #quotas: Readonly<Record<string, Readonly<Record<string, RateQuota>>>>;
  readonly #buckets = new Map<string, Bucket>();

  constructor(quotas: Readonly<Record<string, Readonly<Record<string, RateQuota>>>>) {
    this.#quotas = quotas;
  }

  /** Takes what one call costs. @returns whether the call may be made. */
  admit(service: string, operation: string, { account, region }: Call, nowMillis: number, input: object = {}): boolean {
    const found = this.#quotas[service]?.[operation];
    if (found === undefined) return true;
    const isUnfiltered = found.unfiltered !== undefined && !isFiltered(input);
    const quota = (isUnfiltered ? found.unfiltered : undefined) ?? found;
    const key = `${service}:${operation}/${isUnfiltered ? 'unfiltered/' : ''}${account}/${region}`;
    const bucket = this.#buckets.get(key) ?? { tokens: quota.burst, filledMillis: nowMillis };
    this.#buckets.set(key, bucket);
    const refilled = bucket.tokens + ((nowMillis - bucket.filledMillis) / 1000) * quota.perSecond;
    bucket.tokens = Math.min(quota.burst, refilled);
    bucket.filledMillis = nowMillis;
    // What adding fractions loses is not a caller's to bear.
    if (bucket.tokens < 1 - 1e-9) return false;
    bucket.tokens -= 1;
    return true;
  }
}

function isFiltered(input: object): boolean {
  if ('MaxResults' in input && input.MaxResults !== undefined) return true;
  return 'Filters' in input && Array.isArray(input.Filters) && input.Filters.length > 0;
}
