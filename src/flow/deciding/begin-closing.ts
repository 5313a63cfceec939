import { markDone } from '../../core/questions/life';
import type { GivenAnswer } from '../../core/questions/asked-question';
import { BY_SILENCE, toGivenAnswer, type Question } from '../../core/questions/question';
import { success } from '../../core/result';
import { startRemediation, type StartPorts } from '../intake/start-remediation';
import type { CloseRequest, PortResult, Questions } from '../ports';

export interface BeginPorts extends StartPorts {
  readonly questions: Pick<Questions, 'replaceQuestion'>;
}

/**
 * Has closed what an answer, or silence, wants closed: an ordinary request, which may be made twice. That it was begun
 * is noted, so that what is due later does not begin it again.
 */
export async function beginClosing(question: Question, ports: BeginPorts): PortResult<void> {
  const answer = toGivenAnswer(question);
  if (answer === undefined) return success(undefined);
  const started = await startRemediation({ target: question.target, requests: [toRequest(question, answer)] }, ports);
  if (!started.ok) return started;
  const noted = await ports.questions.replaceQuestion(markDone(question));
  return noted.ok ? success(undefined) : noted;
}

/** The id of its request, by which who answered follows what comes of it. */
export function requestIdOf(questionId: string): string {
  return `question-${questionId}`;
}

function toRequest({ questionId, remediationId, findings }: Question, answer: GivenAnswer): CloseRequest {
  const isSilence = answer.by === BY_SILENCE;
  return {
    id: requestIdOf(questionId),
    action: 'close',
    // Nobody decided: what holds everything automatic holds this too.
    trigger: isSilence ? 'automatic' : 'custom-action',
    decidedBy: isSilence ? `question ${questionId}, which nobody answered` : `answer to ${questionId} by ${answer.by}`,
    findings: findings.map(({ id, productArn }) => ({ id, productArn })),
    answers: { ...answer, asked: remediationId },
  };
}
