import type { CallerState } from '../ports';
import { failed, ok, type Check } from './check';

/** AWS refuses a signature that is five minutes off. */
const MOST_SKEW_MILLIS = 4 * 60_000;

/** Who asks, and this machine's clock. */
export function checkCaller({ account, arn, clockAheadMillis }: CallerState, region: string): readonly Check[] {
  return [ok('credentials', `${arn} of account ${account}, Region ${region}`), checkClock(clockAheadMillis)];
}

function checkClock(aheadMillis: number | undefined): Check {
  if (aheadMillis === undefined) {
    const found = 'the answer of STS has no date';
    return { check: 'clock', status: 'unknown', found, fix: 'compare it by hand: `date -u`' };
  }
  const seconds = Math.round(aheadMillis / 1000);
  const found = `${String(Math.abs(seconds))} s ${seconds > 0 ? 'behind' : 'ahead of'} AWS`;
  if (Math.abs(aheadMillis) <= MOST_SKEW_MILLIS) return ok('clock', Math.abs(seconds) < 5 ? 'as at AWS' : found);
  return failed(
    'clock',
    found,
    'set it: `sudo timedatectl set-ntp true`; AWS refuses signatures that are 5 minutes off',
  );
}
