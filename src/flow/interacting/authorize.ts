import { describeOver } from '../../core/questions/life';
import { mayAnswer, type Answerer } from '../../core/questions/may-answer';
import type { Question } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import { answererInSlack } from './answerer-in-slack';
import type { InteractPorts, InteractSettings } from './interact-ports';

export interface Authorized {
  readonly by: Answerer;
  readonly question: Question;
}

/** Who clicked and what he may answer; else why he may not, or why nobody can any more. */
export async function authorize(
  questionId: string,
  user: string,
  settings: InteractSettings,
  { clock, questions, slack }: InteractPorts,
): Promise<Result<Authorized, string>> {
  const read = await questions.fetchQuestion(questionId);
  if (!read.ok) return failure(read.error.cause);
  const question = read.value;
  if (question === undefined) return failure(`the ledger of this deployment holds no question ${questionId}`);
  const { approvers = settings.approvers } = question;
  const by = await answererInSlack(user, approvers, { slack });
  if (!by.ok) {
    return failure(
      `Nobody could tell whether you may answer ${questionId}: ${by.error} Nothing was changed; try again.`,
    );
  }
  if (!mayAnswer(approvers, by.value)) {
    const who = approvers.length === 0 ? 'nobody in Slack' : approvers.join(', ');
    return failure(`${by.value.name} may not answer ${questionId}; who may: ${who}`);
  }
  const over = describeOver(question, clock.now());
  return over === undefined ? success({ by: by.value, question }) : failure(over);
}
