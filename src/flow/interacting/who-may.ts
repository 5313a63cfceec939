import { mayAnswer, type Answerer } from '../../core/questions/may-answer';
import { failure, type Result } from '../../core/result';
import type { SlackWorkspace } from '../ports';
import { answererInSlack } from './answerer-in-slack';

/**
 * Who clicked, if they are one of those who may; else why not, or that nobody could tell, in words for them.
 *
 * @param what they may do, or not: `answer qst-0123456789abcdef`
 */
export async function whoMay(
  user: string,
  approvers: readonly string[],
  what: string,
  ports: { readonly slack: Pick<SlackWorkspace, 'fetchGroupMembers'> },
): Promise<Result<Answerer, string>> {
  const by = await answererInSlack(user, approvers, ports);
  if (!by.ok) {
    return failure(`Nobody could tell whether you may ${what}: ${by.error} Nothing was changed; try again.`);
  }
  if (mayAnswer(approvers, by.value)) return by;
  const who = approvers.length === 0 ? 'nobody in Slack' : approvers.join(', ');
  return failure(`${by.value.name} may not ${what}; who may: ${who}`);
}
