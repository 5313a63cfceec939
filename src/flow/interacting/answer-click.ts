import { BUTTONS } from '../../core/interactions/buttons';
import type { FormKind } from '../../core/interactions/form-metadata';
import type { Interaction } from '../../core/interactions/interaction';
import { escapeWithin } from '../../core/messages/slack/escape-within';
import { toForm } from '../../core/messages/slack/to-form';
import type { Answer } from '../../core/questions/asked-question';
import { isQuestionId } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import { answerQuestion } from '../deciding/answer-question';
import { authorize } from './authorize';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';
import { showAndBegin } from './show-and-begin';

type Click = Extract<Interaction, { readonly kind: 'click' }>;

/** Buttons that are answers, and those that open a form first. */
const ANSWERS: ReadonlyMap<string, Answer> = new Map([
  [BUTTONS.close, 'close'],
  [BUTTONS.deny, 'leave'],
]);
const FORMS: ReadonlyMap<string, FormKind> = new Map([
  [BUTTONS.leaveUntil, 'leave'],
  [BUTTONS.acceptUntil, 'accept'],
  [BUTTONS.comment, 'comment'],
]);

/** Does what a button stands for; what cannot be done is told to whoever clicked, and to nobody else. */
export async function answerClick(click: Click, settings: InteractSettings, ports: InteractPorts): Promise<SlackReply> {
  const done = await act(click, settings, ports);
  if (done.ok) return { status: 200 };
  ports.log.warn('Click changed nothing', { user: click.user, action: click.action, cause: done.error });
  await tell(click, done.error, ports);
  return { status: 200 };
}

async function act(click: Click, settings: InteractSettings, ports: InteractPorts): Promise<Result<void, string>> {
  const { user, action, value: questionId, place, triggerId } = click;
  const [answer, kind] = [ANSWERS.get(action), FORMS.get(action)];
  if (answer === undefined && kind === undefined) {
    return failure('This button is none that this version of Portcullis knows.');
  }
  if (!isQuestionId(questionId)) return failure('This button carries no question.');
  const authorized = await authorize(questionId, user, settings, ports);
  if (!authorized.ok) return authorized;
  const { by, question } = authorized.value;
  if (kind !== undefined) {
    const opened = await ports.slack.openForm(
      triggerId,
      toForm(question, { questionId, kind, ...(place === undefined ? {} : { place }) }),
    );
    return opened.ok ? opened : failure(`The form could not be shown: ${opened.error} Nothing was changed; try again.`);
  }
  if (answer === undefined) return success(undefined);
  const answered = await answerQuestion(
    { questionId, answer, by },
    { ...ports, follow: (decided) => showAndBegin(decided, place, ports) },
  );
  return answered.kind === 'answered' ? success(undefined) : failure(answered.reason);
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
