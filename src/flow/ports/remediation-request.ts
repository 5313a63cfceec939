import type { FindingKey } from '../../core/findings/finding';
import type { GivenAnswer } from '../../core/questions/question';
import type { RemediationAction, Trigger } from '../../core/ledger/remediation-record';

/** What somebody wants done about one message's findings on one target. Stays in the ledger until it is answered. */
export type RemediationRequest = CloseRequest | PreviewRequest | UndoRequest | ContextRequest;

export interface CloseRequest extends RequestOf<'close'> {
  /** It is the answer to a question: what that showed may be closed, also where a guard or the policy would ask. */
  readonly answers?: AnsweredQuestion;
}

export interface AnsweredQuestion extends GivenAnswer {
  /** The remediation that asked; its record holds the plan that was shown. */
  readonly asked: string;
}

/** From a terminal: names no findings. */
export type ContextRequest = RequestOf<'context'>;

export type PreviewRequest = RequestOf<'preview'>;

/** The findings are those that were selected, and none for an undo from a terminal. */
export interface UndoRequest extends RequestOf<'undo'> {
  /** The closing to take back; missing where the finding named none when it was selected. */
  readonly remediationId?: string;
  /** Whoever asks knows that the closing is old. */
  readonly confirmed: boolean;
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
  /** When it was written down, ISO 8601, UTC; requests of earlier versions do not say it. */
  readonly askedAt?: string;
}
