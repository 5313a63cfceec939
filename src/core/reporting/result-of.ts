import type { Status } from './check-status';

/** What a check says of its control, for formats that know pass and fail only. */
export type CheckResult = 'pass' | 'fail' | 'unknown' | 'left-out';

const RESULTS: Readonly<Record<Status, CheckResult>> = {
  open: 'fail',
  'resolved-still-failing': 'fail',
  failed: 'fail',
  'in-progress': 'fail',
  'could-not-tell': 'unknown',
  closed: 'pass',
  'not-failing': 'pass',
  // Security Hub leaves suppressed findings out of its score as well.
  suppressed: 'left-out',
};

/** Closed counts as passed because it was read back, whatever Security Hub still shows. */
export function resultOf(status: Status): CheckResult {
  return RESULTS[status];
}
