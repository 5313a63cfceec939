import { parseUntil } from '../../core/exceptions/parse-until';
import { describeOver } from '../../core/questions/life';
import { answererOf } from '../../core/questions/may-answer';
import type { Answer } from '../../core/questions/asked-question';
import type { Question } from '../../core/questions/question';
import { answerQuestion } from '../deciding/answer-question';
import { beginAtOnce } from '../deciding/begin-at-once';
import { acceptRequestId } from '../deciding/begin-accepting';
import { requestIdOf } from '../deciding/begin-closing';
import type { AnswerInput } from './answer-input';
import type { Caller, CommandAnswer, CommandPorts } from './command';

/** Has a question answered by whoever asks, which is named by its own id, or by that of a finding. */
export const answerWith =
  (answer: Answer) =>
  async (input: AnswerInput, caller: Caller, ports: CommandPorts): Promise<CommandAnswer> => {
    const { comment } = input;
    if (answer === 'accept' && input.until === undefined) {
      return { kind: 'refused', reason: 'until: is missing; write a day, such as 2027-03-31' };
    }
    if (answer === 'accept' && (comment ?? '').trim() === '') {
      return { kind: 'refused', reason: 'comment: is empty; say why the risk is accepted' };
    }
    if (answer === 'close' && input.until !== undefined) {
      return {
        kind: 'refused',
        reason: 'until: what is closed is closed at once; leave until out, or deny it until then',
      };
    }
    const until =
      input.until === undefined ? undefined : parseUntil(input.until, ports.clock.now(), ports.exceptionMaxDays);
    if (until?.ok === false) return { kind: 'refused', reason: `until: "${input.until ?? ''}" ${until.error}` };
    const found = 'questionId' in input ? input.questionId : await questionAbout(input.findingId, ports);
    if (typeof found !== 'string') return found;
    const by = answererOf(caller.arn);
    const said = {
      ...(comment === undefined ? {} : { comment }),
      ...(until === undefined ? {} : { until: until.value }),
    };
    const given = { questionId: found, answer, by, ...said };
    const answered = await answerQuestion(given, { ...ports, follow: (question) => beginAtOnce(question, ports) });
    if (answered.kind !== 'answered') return answered;
    const { question } = answered;
    return { kind: 'done', body: { question, requests: requestsOf(question, answer) } };
  };

/** What follows from it, for who waits for the end. */
function requestsOf(question: Question, answer: Answer): readonly object[] {
  const { questionId, target, findings } = question;
  const ids = {
    close: [requestIdOf(questionId)],
    accept: findings.map((_, index) => acceptRequestId(questionId, index)),
    leave: [],
  }[answer];
  return ids.map((requestId) => ({ target, requestId, status: 'asked' }));
}

/** The open question about a finding, or why there is none. */
async function questionAbout(
  findingId: string,
  { clock, hub, questions }: CommandPorts,
): Promise<string | Exclude<CommandAnswer, { readonly kind: 'done' }>> {
  const found = await hub.fetchFindingsByIds([findingId]);
  if (!found.ok) return { kind: 'failed', reason: found.error.cause };
  const [finding] = found.value;
  if (finding === undefined) return { kind: 'refused', reason: `Security Hub knows no finding ${findingId}` };
  if (finding.target === undefined) {
    return { kind: 'refused', reason: `${findingId} is about nothing that anybody asks about` };
  }
  const asked = await questions.fetchQuestionsOf(finding.target);
  if (!asked.ok) return { kind: 'failed', reason: asked.error.cause };
  const about = asked.value.filter(({ findings }) => findings.some(({ id }) => id === findingId));
  const open = about.find(({ state }) => state.kind === 'open');
  if (open !== undefined) return open.questionId;
  const latest = [...about].sort((a, b) => a.askedAt.localeCompare(b.askedAt)).at(-1);
  const why = latest === undefined ? undefined : describeOver(latest, clock.now());
  return { kind: 'refused', reason: why ?? `nothing is asked about ${findingId}; see portcullis questions` };
}
