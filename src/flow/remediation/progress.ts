import type { FindingKey } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { MatterEffect } from '../../core/messages/matter';
import type { ControlId } from '../../core/controls/control-id';
import type { AskTerms } from '../../core/questions/ask-terms';
import type { RequestAnswer } from '../ports';

/**
 * The record of the remediation under way. It is held here, not handed back, so that what was done so far is known
 * when something unexpected ends the remediation in the middle.
 */
export interface Progress {
  record: RemediationRecord;
  /** Requested findings that this remediation left for one of their own. */
  postponed?: readonly FindingKey[];
  /** It came with very many others at once, which share what they read of Security Hub. */
  isBusy?: true;
  /** What the policy says of the question that it leaves, should it come to that. */
  askTerms?: AskTerms;
  /** What people are told of it, where the record alone does not say. */
  event?: EventTerms;
  /** What those who asked are answered where this remediation leaves no record. */
  answer?: RequestAnswer;
}

/** What an event does to what people were told is open, and to which controls. */
export interface EventTerms {
  readonly matter?: MatterEffect;
  readonly controls?: readonly ControlId[];
}
