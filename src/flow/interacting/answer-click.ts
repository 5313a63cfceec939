import { BUTTONS } from '../../core/interactions/buttons';
import type { FormKind } from '../../core/interactions/form-metadata';
import type { Interaction } from '../../core/interactions/interaction';
import { escapeWithin } from '../../core/messages/slack/escape-within';
import { toForm } from '../../core/messages/slack/to-form';
import type { Answer } from '../../core/questions/asked-question';
import { isQuestionId } from '../../core/questions/question';
import { failure, success, type Result } from '../../core/result';
import { answerQuestion } from '../deciding/answer-question';
import { authorize, type Authorized } from './authorize';
import { showGrantForm } from './grant-in-slack';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';
import { showAndBegin } from './show-and-begin';
import { undoInSlack } from './undo-in-slack';

type Click = Extract<Interaction, { readonly kind: 'click' }>;

/** Does what a button stands for; the error is a sentence for whoever clicked. */
type Act = (click: Click, settings: InteractSettings, ports: InteractPorts) => Promise<Result<void, string>>;

/** What each button does. Another one is a line here. */
const ACTS: ReadonlyMap<string, Act> = new Map([
  [BUTTONS.close, answer('close')],
  [BUTTONS.deny, answer('leave')],
  [BUTTONS.leaveUntil, showForm('leave')],
  [BUTTONS.acceptUntil, showForm('accept')],
  [BUTTONS.comment, showForm('comment')],
  [BUTTONS.undo, undoInSlack],
  [BUTTONS.grant, showGrantFormOf],
]);

/** Does what a button stands for; what cannot be done is reported to whoever clicked, and to nobody else. */
export async function answerClick(click: Click, settings: InteractSettings, ports: InteractPorts): Promise<SlackReply> {
  const act = ACTS.get(click.action);
  const done =
    act === undefined
      ? failure('This button is none that this version of Portcullis knows.')
      : await act(click, settings, ports);
  if (done.ok) return { status: 200 };
  ports.log.warn('Click changed nothing', { user: click.user, action: click.action, cause: done.error });
  await reply(click, done.error, ports);
  return { status: 200 };
}

function answer(given: Answer): Act {
  return ofQuestion(async ({ by, question: { questionId } }, { place }, ports) => {
    const answered = await answerQuestion(
      { questionId, answer: given, by },
      { ...ports, follow: (decided) => showAndBegin(decided, place, ports) },
    );
    return answered.kind === 'answered' ? success(undefined) : failure(answered.reason);
  });
}

function showForm(kind: FormKind): Act {
  return ofQuestion(async ({ question }, { triggerId, place }, { slack }) => {
    const metadata = { questionId: question.questionId, kind, ...(place === undefined ? {} : { place }) };
    const opened = await slack.openForm(triggerId, toForm(question, metadata));
    return opened.ok ? opened : failure(`The form could not be shown: ${opened.error} Nothing was changed; try again.`);
  });
}

/** By whoever may answer it, while anybody can. */
function ofQuestion(
  act: (authorized: Authorized, click: Click, ports: InteractPorts) => Promise<Result<void, string>>,
): Act {
  return async (click, settings, ports) => {
    if (!isQuestionId(click.value)) return failure('This button carries no question.');
    const authorized = await authorize(click.value, click.user, settings, ports);
    return authorized.ok ? act(authorized.value, click, ports) : authorized;
  };
}

function showGrantFormOf(
  { user, value, triggerId }: Click,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<Result<void, string>> {
  return showGrantForm(user, value, triggerId, settings, ports);
}

async function reply({ responseUrl }: Click, reason: string, { log, metrics, slack }: InteractPorts): Promise<void> {
  const replied =
    responseUrl === undefined
      ? failure('Slack gave no address to answer at.')
      : await slack.replyEphemerally(responseUrl, escapeWithin(reason, MOST_CHARACTERS));
  if (replied.ok) return;
  metrics.count('SlackRequestsFailed');
  log.error('Click not answered', { cause: replied.error });
}

const MOST_CHARACTERS = 2800;
