import type { RemediationRecord } from '../ledger/remediation-record';
import {
  DEFAULT_ESCALATION,
  DEFAULT_REMINDER,
  DEFAULT_SILENCE,
  DEFAULT_WITHIN,
  durationSeconds,
  NEVER,
  type AskTerms,
} from './ask-terms';
import { questionIdOf, type Question } from './question';

/** The question that a remediation leaves which could not decide by itself. */
export function toQuestion(record: RemediationRecord, terms: AskTerms, isStuck: boolean): Question {
  const { remediationId, target, findings, trigger, decidedBy, startedAt, reason = '' } = record;
  const { approvers, within = DEFAULT_WITHIN, remindAfter, escalate, onSilence = DEFAULT_SILENCE } = terms;
  const seconds = durationSeconds(within) ?? 0;
  const after = (count: number) => new Date(Date.parse(startedAt) + Math.round(count) * 1000).toISOString();
  const partly = (duration: string | undefined, part: number) =>
    after(duration === undefined ? seconds * part : (durationSeconds(duration) ?? 0));
  return {
    questionId: questionIdOf(remediationId),
    remediationId,
    target,
    findings: findings.flatMap(({ id, productArn, control }) =>
      control === undefined ? [] : { id, productArn, control },
    ),
    trigger,
    decidedBy,
    reason,
    isStuck,
    ...(approvers === undefined ? {} : { approvers }),
    askedAt: startedAt,
    until: after(seconds),
    ...(remindAfter === NEVER ? {} : { remindAt: partly(remindAfter, DEFAULT_REMINDER) }),
    ...(escalate === undefined
      ? {}
      : { escalation: { at: partly(escalate.after, DEFAULT_ESCALATION), to: escalate.to } }),
    onSilence: isStuck ? 'leave' : onSilence,
    version: 1,
    state: { kind: 'open' },
  };
}
