import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { endQuestion } from '../../core/questions/life';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import type { LeavePorts } from './leave-question';

/** Outcomes after which there is nothing to decide about what was closed. */
const NOTHING_LEFT_TO_DECIDE: ReadonlySet<RemediationRecord['outcome']> = new Set([
  'closed',
  'already-closed',
  'not-needed',
]);

/** Questions about what a remediation has closed end by themselves, whoever wanted it closed. */
export async function endQuestionsAfterClosing(
  { outcome, target, remediationId, decidedBy, findings }: RemediationRecord,
  { clock, durable, log, questions }: Pick<LeavePorts, 'clock' | 'durable' | 'log' | 'questions'>,
): Promise<void> {
  if (!NOTHING_LEFT_TO_DECIDE.has(outcome)) return;
  const controls = new Set(findings.map(({ control }) => control));
  const reason = `${remediationId} ended as ${outcome} (${decidedBy}).`;
  const ended = await durable.step('end settled questions', async () => {
    const asked = await questions.fetchQuestionsOf(target);
    if (!asked.ok) return asked;
    for (const question of asked.value) {
      if (outcome !== 'not-needed' && !question.findings.every(({ control }) => controls.has(control))) continue;
      const over = endQuestion(question, reason, clock.now());
      const replaced = over === undefined ? success(true) : await questions.replaceQuestion(over);
      if (!replaced.ok) return replaced;
    }
    return success(null);
  });
  if (ended.ok) return;
  // Its deadline reads the findings, and ends it then.
  log.warn('Questions not ended', { target: targetKey(target), remediationId, cause: ended.error.cause });
}
