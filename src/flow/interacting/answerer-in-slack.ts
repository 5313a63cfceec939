import { mayAnswer, type Answerer } from '../../core/questions/may-answer';
import { failure, success, type Result } from '../../core/result';
import type { SlackWorkspace } from '../ports';

const GROUP = /^slack:(S[A-Z0-9]{2,30})$/;

/**
 * Who clicked, as an answerer: by their id, and by the groups among the approvers that they are in at this moment. The
 * error says that nobody could tell: then they may not.
 */
export async function answererInSlack(
  user: string,
  approvers: readonly string[],
  { slack }: { readonly slack: Pick<SlackWorkspace, 'fetchGroupMembers'> },
): Promise<Result<Answerer, string>> {
  const name = `slack:${user}`;
  const alone = { name, names: [name] };
  if (mayAnswer(approvers, alone)) return success(alone);
  const problems: string[] = [];
  for (const approver of approvers) {
    const [, group] = GROUP.exec(approver) ?? [];
    if (group === undefined) continue;
    const members = await slack.fetchGroupMembers(group);
    if (!members.ok) problems.push(members.error);
    else if (members.value.includes(user)) return success({ name, names: [name, approver] });
  }
  return problems.length === 0 ? success(alone) : failure(problems.join(' '));
}
