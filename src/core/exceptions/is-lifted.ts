import type { Finding } from '../findings/finding';

/** Whether an exception suppressed a finding, and somebody has taken it out of SUPPRESSED since. */
export function isLifted({ portcullisOutcome, workflow }: Pick<Finding, 'portcullisOutcome' | 'workflow'>): boolean {
  return portcullisOutcome === 'excepted' && workflow !== 'SUPPRESSED';
}
