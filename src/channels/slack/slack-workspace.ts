import { listOf, memberOf, textOf } from '../../core/read-member';
import { failure, success, type Result } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Clock, DeliveryFailure, Secrets, SlackResult, SlackWorkspace } from '../../flow/ports';
import type { Http, HttpRequest } from '../http';
import { parseJsonText } from '../parse-json-text';
import { parseSecret } from '../parse-secret';
import type { TimeLeft } from '../time-left';
import { withSecret } from '../with-secret';

const FORM = '{"botToken":"xoxb-…"} of an app with the scopes chat:write and usergroups:read';

const secretSchema = () => z.object({ botToken: z.string().check(z.regex(/^xox[a-z]-[\w-]{10,}$/)) });

/** Who leaves a group may answer for so long; several who click at once are not throttled by Slack. */
const GROUP_KEPT_MILLIS = 60_000;

interface SlackTools {
  readonly clock: Clock;
  readonly http: Http;
  readonly secrets: Secrets;
  readonly timeLeft: Pick<TimeLeft, 'ofOneCall'>;
}

/**
 * Calls of Slack's API while somebody waits for their click to be answered.
 * https://docs.slack.dev/apis/web-api
 */
export function createSlackWorkspace(
  { secretName }: { readonly secretName: string },
  { clock, http, secrets, timeLeft }: SlackTools,
): SlackWorkspace {
  const groups = new Map<string, { readonly users: readonly string[]; readonly untilMillis: number }>();
  const secret = { secrets, name: secretName, parse: (text: string) => parseSecret(text, secretSchema(), FORM) };
  async function call(
    method: string,
    request: Pick<HttpRequest, 'method' | 'body' | 'timeoutMillis'>,
    query = '',
  ): SlackResult<unknown> {
    const answered = await withSecret(secret, async ({ botToken }) => {
      const answer = await http.send({
        ...request,
        url: `https://slack.com/api/${method}${query}`,
        headers: { 'content-type': 'application/json; charset=utf-8', authorization: `Bearer ${botToken}` },
      });
      return answer.ok ? readAnswer(method, answer.value.text) : answer;
    });
    return answered.ok ? answered : failure(answered.error.cause);
  }
  return {
    async fetchGroupMembers(group) {
      const now = clock.now().getTime();
      const known = groups.get(group);
      if (known !== undefined && now < known.untilMillis) return success(known.users);
      const query = `?${new URLSearchParams({ usergroup: group }).toString()}`;
      const answer = await call('usergroups.users.list', { method: 'GET' }, query);
      if (!answer.ok) return answer;
      const users = listOf(memberOf(answer.value, 'users')).flatMap((id) => textOf(id) ?? []);
      groups.set(group, { users, untilMillis: now + GROUP_KEPT_MILLIS });
      return success(users);
    },

    async updateMessage(place, message) {
      const body = JSON.stringify({ ...place, ...message });
      const answer = await call('chat.update', { method: 'POST', body, timeoutMillis: timeLeft.ofOneCall() });
      return answer.ok ? success(undefined) : answer;
    },

    async openForm(triggerId, view) {
      const body = JSON.stringify({ trigger_id: triggerId, view });
      const answer = await call('views.open', { method: 'POST', body });
      return answer.ok ? success(undefined) : answer;
    },

    async replyEphemerally(responseUrl, text) {
      const answer = await http.send({
        method: 'POST',
        url: responseUrl,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text }),
      });
      // Whoever has the address may post with it for half an hour: it stands in no log.
      return answer.ok ? success(undefined) : failure(answer.error.cause.replaceAll(responseUrl, 'response_url'));
    },
  };
}

/** Slack answers 200, and says in the body what did not work. */
function readAnswer(method: string, text: string): Result<unknown, DeliveryFailure> {
  const body = parseJsonText(text);
  if (memberOf(body, 'ok') === true) return success(body);
  const error = textOf(memberOf(body, 'error')) ?? 'what is no answer of its API';
  const isOurs = /^(invalid_auth|not_authed|token_(revoked|expired)|account_inactive)$/.test(error);
  const code = isOurs ? 'unauthorized' : 'refused';
  return failure({ code, retryable: isOurs, cause: `Slack answered ${method}: ${error}.` });
}
