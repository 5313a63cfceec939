import { toAskedQuestion, type Question } from '../../core/questions/question';
import { targetArn } from '../../core/target';
import type { DomainEvent } from '../ports';
import { MAX_FINDING_IDS } from '../remediation/remediation-event';

/** `Decision Needed` once more, with all that the first said and `reminder`. */
export function toReminderEvent(question: Question): DomainEvent {
  const { remediationId, target, findings, trigger, decidedBy, reason, askedAt } = question;
  return {
    detailType: 'Decision Needed',
    detail: {
      remediationId,
      action: 'close',
      outcome: 'asked',
      target: { ...target, arn: targetArn(target) },
      controls: [...new Set(findings.map(({ control }) => control))],
      trigger,
      decidedBy,
      question: toAskedQuestion(question),
      reminder: true,
      reason,
      findingIds: findings.slice(0, MAX_FINDING_IDS).map(({ id }) => id),
      findingCount: findings.length,
      findingsNotUpdated: 0,
      startedAt: askedAt,
      finishedAt: askedAt,
    },
  };
}
