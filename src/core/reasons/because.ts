import { ASK_TEXTS, type AskReason } from './ask-reasons';
import { CLOSING_TEXTS, type ClosingReason } from './closing-reasons';
import { DECISION_TEXTS, type DecisionReason } from './decision-reasons';
import { EXCEPTION_TEXTS, type ExceptionReason } from './exception-reasons';
import { GRANT_TEXTS, type GrantReason } from './grant-reasons';
import { ISOLATION_TEXTS, type IsolationReason } from './isolation-reasons';
import { PREVIEW_TEXTS, type PreviewReason } from './preview-reasons';
import { renderReason, type Reason, type ReasonTexts } from './reason';
import { REMARK_TEXTS, type RemarkReason } from './remark-reasons';
import { RUN_TEXTS, type RunReason } from './run-reasons';
import { UNDO_TEXTS, type UndoReason } from './undo-reasons';
import { VERIFICATION_TEXTS, type VerificationReason } from './verification-reasons';

/** Whatever a remediation may give as the reason of how it ended. */
export type EndReason =
  | AskReason
  | ClosingReason
  | DecisionReason
  | ExceptionReason
  | GrantReason
  | IsolationReason
  | PreviewReason
  | RemarkReason
  | RunReason
  | UndoReason
  | VerificationReason;

const TEXTS: ReasonTexts<EndReason> = {
  ...ASK_TEXTS,
  ...CLOSING_TEXTS,
  ...DECISION_TEXTS,
  ...EXCEPTION_TEXTS,
  ...GRANT_TEXTS,
  ...ISOLATION_TEXTS,
  ...PREVIEW_TEXTS,
  ...REMARK_TEXTS,
  ...RUN_TEXTS,
  ...UNDO_TEXTS,
  ...VERIFICATION_TEXTS,
};

/** Reasons as records, events and answers have them: one text, and the data that it was made of beside it. */
export interface Because {
  readonly reason: string;
  readonly reasons: readonly Reason[];
}

/** Puts reasons into one text, in their order. */
export function because(...reasons: readonly EndReason[]): Because {
  const texts = reasons.map((reason) => renderReason(reason, TEXTS));
  return { reason: texts.filter((text) => text !== '').join(' '), reasons };
}
