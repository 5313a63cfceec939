import { countQuestions, type QuestionCountPorts } from '../deciding/count-questions';
import { decideAgain } from '../deciding/decide-again';
import { endUnanswered, type QuestionDuePorts } from '../deciding/end-unanswered';
import { followAnswer } from '../deciding/follow-answer';
import { escalateQuestion, remindOfQuestion } from '../deciding/remind-of-question';
import {
  checkConfiguredException,
  endDueException,
  remindOfException,
  type ExceptionDuePorts,
} from '../excepting/exception-due';
import { endDueGrant, type GrantDuePorts } from '../granting/grant-due';
import type { DueMessage, PortResult } from '../ports';
import { carryOutWish, type WishDuePorts } from '../wishing/carry-out-wish';
import { startDueSweep, type SweepDuePorts } from '../sweeping/start-due-sweep';

export type DuePorts = QuestionDuePorts &
  QuestionCountPorts &
  ExceptionDuePorts &
  GrantDuePorts &
  SweepDuePorts &
  WishDuePorts;

/**
 * Does what is due, where the ledger says that it still is; may be repeated. A failure brings the message again, as
 * often as its code is worth.
 */
export type DueHandler = (id: DueMessage['id'], ports: DuePorts) => PortResult<void>;

/** Who takes what is due. Another kind of what is due is a line here. */
export const DUE_HANDLERS: Readonly<Record<string, DueHandler>> = {
  'question-decided': followAnswer,
  'question-again': decideAgain,
  'question-end': endUnanswered,
  'question-reminder': remindOfQuestion,
  'question-escalation': escalateQuestion,
  'exception-end': endDueException,
  'exception-reminder': remindOfException,
  'exception-check': checkConfiguredException,
  sweep: startDueSweep,
  'question-count': countQuestions,
  'grant-end': endDueGrant,
  'slack-wish': carryOutWish,
};
