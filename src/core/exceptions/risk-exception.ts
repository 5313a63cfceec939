import type { ControlId } from '../controls/control-id';
import type { FindingKey } from '../findings/finding';
import type { Target } from '../target';
import type { Opening } from './opening';

/** An accepted risk: what of one target may stay open though one control forbids it, until when, and who said so. */
export interface RiskException {
  /** `exc-` and 16 hexadecimal digits. */
  readonly exceptionId: string;
  readonly target: Target;
  readonly control: ControlId;
  /** Nothing but this: another port or source that is opened on the target is a new matter. */
  readonly covers: readonly Opening[];
  /** What somebody wrote, kept as data. */
  readonly reason: string;
  /** Who accepted the risk: an ARN, or what the console says. */
  readonly by: string;
  /** ISO 8601, UTC. */
  readonly since: string;
  /** The remediation that made it. */
  readonly remediationId?: string;
  /** ISO 8601, UTC: at this moment it is over. */
  readonly until: string;
  /** Findings that it has suppressed; they are NEW again when it ends. */
  readonly findings: readonly ExceptedFinding[];
  readonly ended?: EndOfException;
}

/** What a record keeps of an exception that was in force. */
export type RecordedException = Pick<RiskException, 'exceptionId' | 'control' | 'covers' | 'reason' | 'by' | 'until'>;

export interface ExceptedFinding extends FindingKey {
  /** The note of somebody else that ours replaced. */
  readonly previousNote?: { readonly text: string; readonly updatedBy: string; readonly updatedAt: string };
}

export interface EndOfException {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string;
  /**
   * `due`: its time was over. `by-hand`: a command. `lifted`: somebody took its finding out of SUPPRESSED. `removed`:
   * the configuration does not have it any more.
   */
  readonly how: HowEnded;
}

export const HOW_ENDED = ['due', 'by-hand', 'lifted', 'removed'] as const;

export type HowEnded = (typeof HOW_ENDED)[number];

/** `expired`: its time is over, and its findings are not updated yet. */
export type ExceptionState = 'live' | 'expired' | 'ended';

/** How an exception stands at a time. */
export function stateOf({ until, ended }: Pick<RiskException, 'until' | 'ended'>, now: Date): ExceptionState {
  if (ended !== undefined) return 'ended';
  return Date.parse(until) > now.getTime() ? 'live' : 'expired';
}

const EXCEPTION_ID = /^exc-[0-9a-f]{16}$/;

/** Whether a text has the form of an exception's id. */
export function isExceptionId(text: string): boolean {
  return EXCEPTION_ID.test(text);
}
