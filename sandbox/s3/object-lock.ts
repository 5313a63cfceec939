import { AwsError } from '../runtime/aws-error';

export type RetentionMode = 'COMPLIANCE' | 'GOVERNANCE';

/** What a bucket gives to every object that is written without a retention of its own. */
export interface DefaultRetention {
  readonly mode: RetentionMode;
  readonly days: number;
}

export interface Retention {
  readonly mode: RetentionMode;
  readonly untilMillis: number;
}

/** What has a retention, or none. */
interface Kept {
  readonly retention: Retention | undefined;
}

const DAY_MILLIS = 86_400_000;

/** The retention of an object that is written now. */
export function retentionFrom({ mode, days }: DefaultRetention, nowMillis: number): Retention {
  return { mode, untilMillis: nowMillis + days * DAY_MILLIS };
}

/**
 * Whether a version may be removed: in compliance mode by nobody before its end, in governance mode by who asks to
 * bypass it. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
 *
 * @throws AwsError AccessDenied
 */
export function checkMayGo({ retention }: Kept, nowMillis: number, bypass: boolean): void {
  if (retention === undefined || retention.untilMillis <= nowMillis) return;
  if (retention.mode === 'GOVERNANCE' && bypass) return;
  throw locked();
}

/**
 * Whether a version's retention may become another one: in compliance mode it may only be made longer.
 *
 * @throws AwsError AccessDenied
 */
export function checkMayChange(version: Kept, next: Retention, nowMillis: number, bypass: boolean): void {
  const { retention } = version;
  const isLonger = retention !== undefined && next.untilMillis >= retention.untilMillis;
  if (isLonger && (retention.mode === next.mode || next.mode === 'COMPLIANCE')) return;
  checkMayGo(version, nowMillis, bypass);
}

function locked(): AwsError {
  return new AwsError('AccessDenied', 'Access Denied because object protected by object lock.', 403);
}
