import { BUTTONS } from '../../core/interactions/buttons';
import type { Interaction } from '../../core/interactions/interaction';
import { escapeWithin } from '../../core/messages/slack/escape-within';
import { toDecidedMessage } from '../../core/messages/slack/to-decided-message';
import type { Answer } from '../../core/questions/asked-question';
import { mayAnswer } from '../../core/questions/may-answer';
import { isQuestionId, type Question } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import { answerQuestion } from '../deciding/answer-question';
import { answererInSlack } from './answerer-in-slack';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';

export type Click = Extract<Interaction, { readonly kind: 'click' }>;

const ANSWERS: Readonly<Record<string, Answer>> = { [BUTTONS.close]: 'close', [BUTTONS.deny]: 'leave' };

/** Does what a button stands for; what cannot be done is told to whoever clicked, and to nobody else. */
export async function answerClick(click: Click, settings: InteractSettings, ports: InteractPorts): Promise<SlackReply> {
  const done = await act(click, settings, ports);
  if (done.ok) return { status: 200 };
  ports.log.warn('Click changed nothing', { user: click.user, action: click.action, cause: done.error });
  await tell(click, done.error, ports);
  return { status: 200 };
}

async function act(click: Click, settings: InteractSettings, ports: InteractPorts): Promise<Result<void, string>> {
  const answer = Object.hasOwn(ANSWERS, click.action) ? ANSWERS[click.action] : undefined;
  if (answer === undefined) return failure('This button is none that this version of Portcullis knows.');
  const { user, value: questionId } = click;
  if (!isQuestionId(questionId)) return failure('This button carries no question.');
  const by = await authorize(questionId, user, settings, ports);
  if (!by.ok) return by;
  const follow = (question: Question): Promise<void> => showAndBegin(question, click, ports);
  const answered = await answerQuestion({ questionId, answer, by: by.value }, { ...ports, follow });
  return answered.kind === 'answered' ? success(undefined) : failure(answered.reason);
}

/** Who clicked, where he may answer; else why not. */
async function authorize(questionId: string, user: string, settings: InteractSettings, ports: InteractPorts) {
  const question = await ports.questions.fetchQuestion(questionId);
  if (!question.ok) return failure(question.error.cause);
  if (question.value === undefined) return failure(`the ledger of this deployment holds no question ${questionId}`);
  const { approvers = settings.approvers } = question.value;
  const answerer = await answererInSlack(user, approvers, ports);
  if (!answerer.ok)
    return failure(`Nobody could tell whether you may answer ${questionId}: ${answerer.error} Try again.`);
  if (mayAnswer(approvers, answerer.value)) return answerer;
  const who = approvers.length === 0 ? 'nobody in Slack' : approvers.join(', ');
  return failure(`${answerer.value.name} may not answer ${questionId}; who may: ${who}`);
}

/**
 * The message says who decided before anything begins, so that what is told later comes after it. What does not work here is
 * done by the message that is due.
 */
async function showAndBegin(question: Question, { place }: Click, { due, log, slack }: InteractPorts): Promise<void> {
  const { questionId: id } = question;
  const shown = place === undefined ? undefined : await slack.updateMessage(place, toDecidedMessage(question));
  if (shown?.ok === false) log.warn('Message not updated', { questionId: id, cause: shown.error });
  const sent = await due.send({ kind: 'due', what: 'question-decided', id });
  if (!sent.ok) log.warn('What was answered begins later', { questionId: id, cause: sent.error.cause });
}

async function tell({ responseUrl }: Click, reason: string, { log, metrics, slack }: InteractPorts): Promise<void> {
  const told =
    responseUrl === undefined
      ? failure('Slack gave no address to answer at.')
      : await slack.tellAlone(responseUrl, escapeWithin(reason, MOST_CHARACTERS));
  if (told.ok) return;
  metrics.count('SlackRequestsFailed');
  log.error('Click not answered', { cause: told.error });
}

const MOST_CHARACTERS = 2800;
