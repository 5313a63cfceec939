import type { RemediationRecord } from '../ledger/remediation-record';
import { DEFAULT_SILENCE, DEFAULT_WITHIN, durationSeconds, type AskTerms } from './ask-terms';
import { questionIdOf, type Question } from './question';

/** The question that a remediation leaves which could not decide by itself. */
export function toQuestion(record: RemediationRecord, terms: AskTerms, isStuck: boolean): Question {
  const { remediationId, target, findings, trigger, decidedBy, startedAt, reason = '' } = record;
  const { approvers, within = DEFAULT_WITHIN, remindAfter, onSilence = DEFAULT_SILENCE } = terms;
  const after = (duration: string) =>
    new Date(Date.parse(startedAt) + (durationSeconds(duration) ?? 0) * 1000).toISOString();
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
    until: after(within),
    ...(remindAfter === undefined ? {} : { remindAt: after(remindAfter) }),
    onSilence: isStuck ? 'leave' : onSilence,
    version: 1,
    state: { kind: 'open' },
  };
}
