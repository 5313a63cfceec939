import type { SlackRights } from '../../core/interactions/slack-rights';
import { MATTER, toSlackCalls, type SlackCall } from '../../core/messages/slack/to-slack-calls';
import { memberOf, textOf } from '../../core/read-member';
import { failure, success, type Result } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Channel, DeliveryFailure, DeliveryResult, ReceiverKeys, ReceiverProbe, Secrets } from '../../flow/ports';
import type { Http } from '../http';
import { parseJsonText } from '../parse-json-text';
import { parseSecret } from '../parse-secret';
import { withSecret, type SecretOf } from '../with-secret';

export interface SlackSettings {
  /** Id of the channel, such as `C0123ABCD`. */
  readonly channel: string;
  readonly secretName: string;
  /** Of people who click; missing where nobody may. */
  readonly rights?: SlackRights;
}

const NO_RIGHTS: SlackRights = { approvers: [] };

const FORM = '{"botToken":"xoxb-…"} of an app with the scope chat:write that is a member of the channel';

const secretSchema = () => z.object({ botToken: z.string().check(z.regex(/^xox[a-z]-[\w-]{10,}$/)) });

const METHODS = { post: 'chat.postMessage', update: 'chat.update', reply: 'chat.postMessage' } as const;

/**
 * Posts a message a matter, and changes it as the matter goes on. Slack knows of no two posts that are the same: one
 * whose answer is lost is posted twice. https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function createSlackChannel(
  { channel, secretName, rights = NO_RIGHTS }: SlackSettings,
  { http, secrets }: { readonly http: Http; readonly secrets: Secrets },
): Channel {
  const secret = { secrets, name: secretName, parse: (text: string) => parseSecret(text, secretSchema(), FORM) };
  const call = ({ id, message, about = MATTER }: SlackCall, keys: ReceiverKeys): DeliveryResult =>
    withSecret(secret, async ({ botToken }) => {
      const answer = await http.send({
        method: 'POST',
        url: `https://slack.com/api/${METHODS[id]}`,
        headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${botToken}` },
        body: JSON.stringify({
          channel: id === 'post' ? channel : (keys['channel'] ?? channel),
          ...(id === 'update' && { ts: keys[about] }),
          ...(id === 'reply' && { thread_ts: keys[about] }),
          ...(id !== 'update' && { unfurl_links: false, unfurl_media: false }),
          ...message,
        }),
      });
      return answer.ok ? readAnswer(id, about, answer.value.text) : answer;
    });
  return {
    probeReceiver: () => probeSlack(secret, http),
    keepsMatters: true,
    deliveriesOf: (notice, thread, overtaken) =>
      toSlackCalls(notice, thread, overtaken, rights).map((each) => ({
        id: each.id,
        send: (keys) => call(each, keys),
      })),
  };
}

const UNAUTHORIZED = /^(invalid_auth|not_authed|token_(revoked|expired)|account_inactive|missing_scope|no_permission)$/;
const UNAVAILABLE = /^(internal_error|fatal_error|service_unavailable|request_timeout|rate_?limited)$/;
/** The message that was to be changed is not there any more, or too old: what is said in its thread is enough. */
const GONE = /^(message_not_found|cant_update_message|edit_window_closed)$/;

/** Who the token is; nothing is posted. https://docs.slack.dev/reference/methods/auth.test */
function probeSlack(secret: SecretOf<{ readonly botToken: string }>, http: Http): ReceiverProbe {
  return withSecret(secret, async ({ botToken }) => {
    const answer = await http.send({
      method: 'POST',
      url: 'https://slack.com/api/auth.test',
      headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${botToken}` },
    });
    if (!answer.ok) return answer;
    const body = parseJsonText(answer.value.text);
    if (memberOf(body, 'ok') !== true) return failure(toSlackFailure('auth.test', textOf(memberOf(body, 'error'))));
    const [user = 'an app', team = 'a workspace'] = ['user', 'team'].map((name) => textOf(memberOf(body, name)));
    return success(`auth.test answers ${user} of ${team}; whether it is a member of the channel is not asked`);
  });
}

/** Slack answers 200, and says in the body what did not work. */
function readAnswer(id: SlackCall['id'], about: string, text: string): Result<ReceiverKeys, DeliveryFailure> {
  const body = parseJsonText(text);
  const method = METHODS[id];
  if (memberOf(body, 'ok') === true) {
    const [ts, channel] = [textOf(memberOf(body, 'ts')), textOf(memberOf(body, 'channel'))];
    return success(id === 'post' && ts !== undefined && channel !== undefined ? { [about]: ts, channel } : {});
  }
  const error = textOf(memberOf(body, 'error'));
  if (id === 'update' && error !== undefined && GONE.test(error)) return success({});
  return failure(toSlackFailure(method, error));
}

function toSlackFailure(method: string, error: string | undefined): DeliveryFailure {
  if (error === undefined) {
    const cause = `Slack answered ${method} with what is no answer of its API`;
    return { code: 'not-understood', retryable: true, cause };
  }
  const cause = `Slack answered ${method}: ${error}`;
  if (UNAUTHORIZED.test(error)) return { code: 'unauthorized', retryable: true, cause };
  if (UNAVAILABLE.test(error)) return { code: 'unavailable', retryable: true, cause };
  return { code: 'refused', retryable: false, cause };
}
