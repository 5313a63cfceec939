import type { FindingKey } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { MatterEffect } from '../../core/messages/matter';
import type { ControlId } from '../../core/controls/control-id';
import type { AskTerms } from '../../core/questions/ask-terms';
import type { RequestAnswer } from '../ports';

/**
 * What is known of the remediation under way. It is held here, not handed back, so that what was done so far is known
 * when something unexpected ends the remediation in the middle. It is written by the functions below alone, each of
 * which says who may call it; everybody may read.
 */
export interface Progress {
  readonly record: RemediationRecord;
  /** Requested findings that this remediation left for one of their own. */
  readonly postponed?: readonly FindingKey[];
  /** It came with very many others at once, which share what they read of Security Hub. */
  readonly isBusy?: true;
  /** What the policy says of the question that it leaves, should it come to that. */
  readonly askTerms?: AskTerms;
  /** What people are notified of, where the record alone does not say. */
  readonly event?: EventTerms;
  /** What those who asked are answered where this remediation leaves no record. */
  readonly answer?: RequestAnswer;
}

type Writable = { -readonly [Part in keyof Progress]: Progress[Part] };

/** What it is, which stands from its beginning, and how it ended. */
type FixedOrFinal = 'outcome' | 'finishedAt' | 'remediationId' | 'target' | 'action' | 'trigger' | 'startedAt';

/**
 * Adds to the record what was found out or done. Its parts are written by who finds them out: `findings`, `undoes`,
 * `exceptions`, `grant` by the function that does the job, `before`, `plan` and `context` by the rounds of a closing,
 * an undo, a grant or a preview, `runs` by `run-steps`, `isolation` by `isolating`.
 */
export function addToRecord(progress: Progress, found: Partial<Omit<RemediationRecord, FixedOrFinal>>): void {
  replaceRecord(progress, { ...progress.record, ...found });
}

/**
 * Puts another record in its place: for `finalize`, `verify-result` and `abandon`, which say how it ended, and for the
 * closing, the undo and its isolation where parts of it go again.
 */
export function replaceRecord(progress: Writable, record: RemediationRecord): void {
  progress.record = record;
}

/** For the closing that leaves findings to a remediation of their own. */
export function postponeFindings(progress: Writable, postponed: readonly FindingKey[]): void {
  progress.postponed = [...(progress.postponed ?? []), ...postponed];
}

/** For the closing, before it reads anything. */
export function markBusy(progress: Writable): void {
  progress.isBusy = true;
}

/** For the closing, once the policy has decided. */
export function setAskTerms(progress: Writable, terms: AskTerms): void {
  progress.askTerms = terms;
}

/** For who ends an exception, an isolation or an undo, before people are notified. */
export function setEventTerms(progress: Writable, terms: EventTerms): void {
  progress.event = terms;
}

/** For whoever ends a job without a record. */
export function answerWith(progress: Writable, answer: RequestAnswer): void {
  progress.answer = answer;
}

/** What an event does to what people know to be open, and to which controls. */
export interface EventTerms {
  readonly matter?: MatterEffect;
  readonly controls?: readonly ControlId[];
}
