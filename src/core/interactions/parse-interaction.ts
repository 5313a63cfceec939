import { memberOf, textOf } from '../read-member';
import { renderValue } from '../render-value';
import { failure, success, type Result } from '../result';
import { renderSchemaError } from '../schema-words';
import * as z from '../zod-mini';
import type { Interaction } from './interaction';

const SHOWN_CHARACTERS = 40;

const text = z.string();
const optional = <Schema extends z.core.$ZodType>(schema: Schema) => z.catch(z.optional(schema), undefined);

const userSchema = () =>
  z.looseObject({ id: z.string().check(z.regex(/^[UW][A-Z0-9]{2,30}$/, 'is not the id of a user')) });

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
const clickSchema = () =>
  z.looseObject({
    user: userSchema(),
    actions: z
      .array(z.looseObject({ action_id: text, value: optional(text) }))
      .check(z.minLength(1, 'names no action')),
    trigger_id: text,
    channel: optional(z.looseObject({ id: text })),
    message: optional(z.looseObject({ ts: text })),
    container: optional(z.looseObject({ message_ts: optional(text), channel_id: optional(text) })),
    response_url: optional(responseUrlSchema()),
  });

/** Nothing is ever sent to another address. */
function responseUrlSchema() {
  return z.string().check(z.maxLength(2048), z.regex(/^https:\/\/hooks\.slack(-gov)?\.com\/[^\s]+$/));
}

/**
 * What Slack says that somebody did.
 *
 * @param payload the JSON of the form's one field
 */
export function parseInteraction(payload: string): Result<Interaction, string> {
  let value: unknown;
  try {
    value = JSON.parse(payload);
  } catch {
    return failure('payload is not JSON');
  }
  const envelope = z.looseObject({ type: text }).safeParse(value);
  if (!envelope.success) return failure(renderSchemaError(envelope.error, value));
  const { type } = envelope.data;
  if (type === 'view_submission') return parseSubmission(value);
  if (type === 'shortcut') return parseShortcut(value);
  return type === 'block_actions'
    ? parseClick(value)
    : success({ kind: 'other', type: renderValue(type, SHOWN_CHARACTERS) });
}

function parseClick(value: unknown): Result<Interaction, string> {
  const parsed = clickSchema().safeParse(value);
  if (!parsed.success) return failure(renderSchemaError(parsed.error, value));
  const { user, actions, trigger_id: triggerId, channel, message, container, response_url: responseUrl } = parsed.data;
  const [action] = actions;
  const [channelId, ts] = [channel?.id ?? container?.channel_id, message?.ts ?? container?.message_ts];
  return success({
    kind: 'click',
    user: user.id,
    action: action?.action_id ?? '',
    value: action?.value ?? '',
    triggerId,
    ...(channelId === undefined || ts === undefined ? {} : { place: { channel: channelId, ts } }),
    ...(responseUrl === undefined ? {} : { responseUrl }),
  });
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
const shortcutSchema = () => z.looseObject({ user: userSchema(), callback_id: text, trigger_id: text });

function parseShortcut(value: unknown): Result<Interaction, string> {
  const parsed = shortcutSchema().safeParse(value);
  if (!parsed.success) return failure(renderSchemaError(parsed.error, value));
  const { user, callback_id: shortcut, trigger_id: triggerId } = parsed.data;
  return success({ kind: 'shortcut', user: user.id, shortcut, triggerId });
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const submissionSchema = () =>
  z.looseObject({
    user: userSchema(),
    view: z.looseObject({
      id: z.string().check(z.regex(/^V[A-Z0-9]{2,30}$/, 'is not the id of a view')),
      callback_id: text,
      private_metadata: text,
      state: z.looseObject({ values: z.record(text, z.record(text, z.unknown())) }),
    }),
  });

function parseSubmission(value: unknown): Result<Interaction, string> {
  const parsed = submissionSchema().safeParse(value);
  if (!parsed.success) return failure(renderSchemaError(parsed.error, value));
  const { user, view } = parsed.data;
  const fields = Object.entries(view.state.values).flatMap(([block, elements]) => {
    const [element] = Object.values(elements);
    const given = valueOf(element);
    return given === undefined ? [] : [[block, given] as const];
  });
  return success({
    kind: 'submission',
    user: user.id,
    viewId: view.id,
    form: view.callback_id,
    metadata: view.private_metadata,
    fields: Object.fromEntries(fields),
  });
}

/** Of a text, a day or a choice. */
function valueOf(element: unknown): string | undefined {
  return (
    textOf(memberOf(element, 'value')) ??
    textOf(memberOf(element, 'selected_date')) ??
    textOf(memberOf(memberOf(element, 'selected_option'), 'value'))
  );
}
