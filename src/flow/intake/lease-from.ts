import { LEASE_SECONDS } from '../limits';
import type { Clock, Lease } from '../ports';

export function leaseFrom(clock: Clock): Lease {
  const now = clock.now();
  return { now, until: new Date(now.getTime() + LEASE_SECONDS * 1000) };
}
