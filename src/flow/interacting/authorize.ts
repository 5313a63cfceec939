import { describeOver } from '../../core/questions/life';
import type { Answerer } from '../../core/questions/may-answer';
import { approversAt, type Question } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import type { InteractPorts, InteractSettings } from './interact-ports';
import { whoMay } from './who-may';

export interface Authorized {
  readonly by: Answerer;
  readonly question: Question;
}

/** Who clicked and what they may answer; else why they may not, or why nobody can any more. */
export async function authorize(
  questionId: string,
  user: string,
  { rights }: InteractSettings,
  { clock, questions, slack }: InteractPorts,
): Promise<Result<Authorized, string>> {
  const read = await questions.fetchQuestion(questionId);
  if (!read.ok) return failure(read.error.cause);
  const question = read.value;
  if (question === undefined) return failure(`the ledger of this deployment holds no question ${questionId}`);
  const now = clock.now();
  const by = await whoMay(user, approversAt(question, now) ?? rights.approvers, `answer ${questionId}`, { slack });
  if (!by.ok) return by;
  const over = describeOver(question, now);
  return over === undefined ? success({ by: by.value, question }) : failure(over);
}
