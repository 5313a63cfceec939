import { toAskedQuestion, toGivenAnswer, type Question } from '../../core/questions/question';
import { targetArn } from '../../core/target';
import type { DomainEvent } from '../ports';
import { MAX_FINDING_IDS } from '../limits';

/** `Decision Needed` once more, with all that the first said and `reminder`. */
export function toReminderEvent(question: Question): DomainEvent {
  return { detailType: 'Decision Needed', detail: { ...detailOf(question), reminder: true } };
}

/** The same when others are asked as well: they are among its approvers from now on. */
export function toEscalationEvent(question: Question): DomainEvent {
  const { escalation, approvers = [] } = question;
  const { to = [] } = escalation ?? {};
  const asked = { ...question, approvers: [...approvers, ...to] };
  return { detailType: 'Decision Needed', detail: { ...detailOf(asked), reminder: true, escalatedTo: to } };
}

/** It is left open: by somebody, or because nobody answered in time. What is closed says so when it is closed. */
export function toLeftOpenEvent(question: Question): DomainEvent {
  const answer = toGivenAnswer(question);
  return {
    detailType: question.state.kind === 'silent' ? 'Decision Missed' : 'Decision Made',
    detail: { ...detailOf(question), ...(answer === undefined ? {} : { answer }) },
  };
}

/** Security Hub shows that nothing is to be decided any more: whoever was asked hears that. */
export function toResolvedEvent(question: Question): DomainEvent {
  return { detailType: 'Question Settled', detail: { ...detailOf(question), reason: NOTHING_LEFT_TO_DECIDE } };
}

const NOTHING_LEFT_TO_DECIDE =
  'Nobody has to decide any more: Security Hub shows that the findings have passed, or were resolved, suppressed or archived.';

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
