import type { Accepted } from '../../core/exceptions/find-openings';
import type { HowEnded } from '../../core/exceptions/risk-exception';
import type { GrantedRule } from '../../core/grants/grant';
import type { Finding, FindingKey } from '../../core/findings/finding';
import type { GivenAnswer } from '../../core/questions/asked-question';
import type { RemediationAction, Trigger } from '../../core/ledger/remediation-record';

/** What somebody wants done about one message's findings on one target. Stays in the ledger until it is answered. */
export type RemediationRequest =
  | CloseRequest
  | PreviewRequest
  | UndoRequest
  | ContextRequest
  | AcceptRequest
  | EndExceptionRequest
  | GrantRequest
  | EndGrantRequest
  | IsolateRequest;

export interface CloseRequest extends RequestOf<'close'> {
  /** It is the answer to a question: what that showed may be closed, also where a guard or the policy would ask. */
  readonly answers?: AnsweredQuestion;
}

export interface AnsweredQuestion extends GivenAnswer {
  /** The remediation that asked; its record holds the plan that was shown. */
  readonly asked: string;
}

/** Makes an exception for what its one finding reports. */
export interface AcceptRequest extends RequestOf<'accept'> {
  /** What somebody wrote. */
  readonly reason: string;
  /** ISO 8601, UTC; missing from the console, where the policy's length counts from the click. */
  readonly until?: string;
  /** What of it is accepted; missing is all that is open of it when the exception is made. */
  readonly accepted: Accepted;
}

export interface EndExceptionRequest extends RequestOf<'end-exception'> {
  /** Missing where a finding was taken out of SUPPRESSED: every exception that suppressed it ends. */
  readonly exceptionId?: string;
  readonly how: HowEnded;
}

/** Opens something for a while. Names no findings. */
export interface GrantRequest extends RequestOf<'grant'> {
  readonly rule: GrantedRule;
  /** ISO 8601, UTC; counted from when it was asked for. */
  readonly until: string;
  /** What somebody wrote. */
  readonly reason: string;
  /** Who asked: an ARN. */
  readonly by: string;
}

export interface EndGrantRequest extends RequestOf<'end-grant'> {
  readonly grantId: string;
  readonly how: 'due' | 'by-hand';
  /** Of what is due, counted from 1; the later ones find nothing to do where an earlier one worked. */
  readonly attempt?: number;
}

/** From a terminal: names no findings. */
export type ContextRequest = RequestOf<'context'>;

/** From the console only. */
export type IsolateRequest = RequestOf<'isolate'>;

export type PreviewRequest = RequestOf<'preview'>;

/** The findings are those that were selected, and none for an undo from a terminal. */
export interface UndoRequest extends RequestOf<'undo'> {
  /** The closing to take back; missing where the finding named none when it was selected. */
  readonly remediationId?: string;
  /** Whoever asks knows that the closing is old. */
  readonly confirmed: boolean;
}

/** A finding as Security Hub held it at a moment. */
export interface SeenFinding {
  readonly finding: Finding;
  /** When it began to be read, ISO 8601, UTC. */
  readonly at: string;
}

interface RequestOf<Action extends RemediationAction> {
  /** Named for the event and its finding, so that an event that comes twice asks once. */
  readonly id: string;
  readonly action: Action;
  readonly trigger: Trigger;
  readonly decidedBy: string;
  readonly findings: readonly FindingKey[];
  /** When a person chose it, ISO 8601, UTC, to the second, where the event says it. */
  readonly chosenAt?: string;
  /**
   * The finding as the dispatcher has read it a moment ago, where so many came at once that reading each again would
   * take the turn of others; missing otherwise.
   */
  readonly seen?: SeenFinding;
  /** When it was written down, ISO 8601, UTC; requests of earlier versions do not say it. */
  readonly askedAt?: string;
}
