import { toAskedQuestion, toGivenAnswer, type Question } from '../../core/questions/question';
import { targetArn } from '../../core/target';
import type { DomainEvent } from '../ports';
import { MAX_FINDING_IDS } from '../remediation/remediation-event';

/** `Decision Needed` once more, with all that the first said and `reminder`. */
export function toReminderEvent(question: Question): DomainEvent {
  return { detailType: 'Decision Needed', detail: { ...detailOf(question), reminder: true } };
}

/** Somebody decided to leave it open; what is closed says so when it is closed. */
export function toDecidedEvent(question: Question): DomainEvent {
  const answer = toGivenAnswer(question);
  return {
    detailType: 'Decision Made',
    detail: { ...detailOf(question), ...(answer === undefined ? {} : { answer }) },
  };
}

function detailOf(question: Question): DomainEvent['detail'] {
  const { remediationId, target, findings, trigger, decidedBy, reason, askedAt } = question;
  return {
    remediationId,
    action: 'close',
    outcome: 'asked',
    target: { ...target, arn: targetArn(target) },
    controls: [...new Set(findings.map(({ control }) => control))],
    trigger,
    decidedBy,
    question: toAskedQuestion(question),
    reason,
    findingIds: findings.slice(0, MAX_FINDING_IDS).map(({ id }) => id),
    findingCount: findings.length,
    findingsNotUpdated: 0,
    startedAt: askedAt,
    finishedAt: askedAt,
  };
}
