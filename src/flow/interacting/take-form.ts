import { parseUntil } from '../../core/exceptions/parse-until';
import { FIELDS, FORM, GRANT_FORM, MOST_COMMENT } from '../../core/interactions/buttons';
import { parseFormMetadata, type FormKind } from '../../core/interactions/form-metadata';
import type { Interaction } from '../../core/interactions/interaction';
import { truncateText } from '../../core/messages/truncate-text';
import type { Answer } from '../../core/questions/asked-question';
import { failure, success, type Result } from '../../core/result';
import { answerQuestion } from '../deciding/answer-question';
import { authorize } from './authorize';
import { takeGrantForm, type Mistakes } from './grant-in-slack';
import type { InteractPorts, InteractSettings, SlackReply } from './interact-ports';
import { showAndBegin } from './show-and-begin';

type Submission = Extract<Interaction, { readonly kind: 'submission' }>;

/** What is wrong, at the field where it is to be shown. */
interface Mistake {
  readonly field: string;
  readonly reason: string;
}

interface Given {
  readonly answer: Answer;
  readonly until?: string;
  readonly comment?: string;
}

/** Takes a form that somebody has filled in. What is wrong with it is shown in the form, which stays open. */
export async function takeForm(
  submission: Submission,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<SlackReply> {
  if (submission.form === GRANT_FORM) {
    const asked = await takeGrantForm(submission, settings, ports);
    return asked.ok
      ? { status: 200, body: { response_action: 'update', view: asked.value } }
      : showMistakes(submission, asked.error, ports);
  }
  const taken = await take(submission, settings, ports);
  if (taken.ok) return { status: 200 };
  const { field, reason } = taken.error;
  return showMistakes(submission, { [field]: reason }, ports);
}

function showMistakes({ user, form }: Submission, mistakes: Mistakes, { log }: InteractPorts): SlackReply {
  log.warn('Form changed nothing', { user, form, cause: Object.entries(mistakes).flat().join(' ') });
  const errors: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries(mistakes).map(([field, reason]) => [field, truncateText(reason, MOST_CHARACTERS)] as const),
  );
  return { status: 200, body: { response_action: 'errors', errors } };
}

/** Slack shows it beneath the field; nobody reads more. */
const MOST_CHARACTERS = 500;

async function take(
  { user, form, metadata, fields }: Submission,
  settings: InteractSettings,
  ports: InteractPorts,
): Promise<Result<void, Mistake>> {
  const parsed = parseFormMetadata(metadata);
  if (form !== FORM || !parsed.ok) {
    return failure({ field: FIELDS.comment, reason: 'This form is none that this version of Portcullis knows.' });
  }
  const { questionId, kind, place } = parsed.value;
  const given = readFields(kind, fields, ports.clock.now(), settings.exceptionMaxDays);
  if (!given.ok) return given;
  const authorized = await authorize(questionId, user, settings, ports);
  if (!authorized.ok) return failure({ field: FIELDS.comment, reason: authorized.error });
  const answered = await answerQuestion(
    { questionId, by: authorized.value.by, ...given.value },
    { ...ports, follow: (question) => showAndBegin(question, place, ports) },
  );
  return answered.kind === 'answered'
    ? success(undefined)
    : failure({ field: FIELDS.comment, reason: answered.reason });
}

function readFields(
  kind: FormKind,
  fields: Submission['fields'],
  now: Date,
  maximumDays: number,
): Result<Given, Mistake> {
  const comment = (fields[FIELDS.comment] ?? '').trim();
  const wrong = (field: string, reason: string) => failure({ field, reason });
  if (comment.length > MOST_COMMENT) {
    return wrong(FIELDS.comment, `is longer than ${String(MOST_COMMENT)} characters; say it shorter`);
  }
  const said = comment === '' ? {} : { comment };
  if (kind === 'comment') {
    const answer = fields[FIELDS.answer];
    if (answer !== 'close' && answer !== 'leave') return wrong(FIELDS.answer, 'choose one of the two');
    return success({ answer, ...said });
  }
  if (kind === 'accept' && comment === '') return wrong(FIELDS.comment, 'say why the risk is accepted');
  const until = parseUntil(fields[FIELDS.until] ?? '', now, maximumDays);
  return until.ok ? success({ answer: kind, until: until.value, ...said }) : wrong(FIELDS.until, until.error);
}
