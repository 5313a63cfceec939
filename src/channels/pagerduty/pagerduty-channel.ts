import { toPagerDutyEvents, type PagerDutyEvent } from '../../core/messages/pagerduty/to-pagerduty-events';
import { failure, success } from '../../core/result';
import { textOf, memberOf } from '../../core/read-member';
import * as z from '../../core/zod-mini';
import type { Channel, Secrets } from '../../flow/ports';
import type { Http } from '../http';
import { parseJsonText } from '../parse-json-text';
import { parseSecret } from '../parse-secret';
import { probeSecret, withSecret } from '../with-secret';

export interface PagerDutySettings {
  readonly host: string;
  readonly secretName: string;
}

const FORM = '{"routingKey":"…"} with the 32 characters of an integration of type Events API v2';

const secretSchema = () => z.object({ routingKey: z.string().check(z.regex(/^[A-Za-z0-9]{32}$/)) });

/**
 * Sends events; PagerDuty takes one with the same key for the same incident, so that what is sent twice is one.
 * https://developer.pagerduty.com/docs/send-alert-event
 */
export function createPagerDutyChannel(
  { host, secretName }: PagerDutySettings,
  { http, secrets }: { readonly http: Http; readonly secrets: Secrets },
): Channel {
  const secret = { secrets, name: secretName, parse: (text: string) => parseSecret(text, secretSchema(), FORM) };
  const enqueue = (event: PagerDutyEvent) =>
    withSecret(secret, async ({ routingKey }) => {
      const answer = await http.send({
        method: 'POST',
        url: `https://${host}/v2/enqueue`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ routing_key: routingKey, ...event }),
      });
      if (!answer.ok) return answer;
      if (textOf(memberOf(parseJsonText(answer.value.text), 'status')) === 'success') return success({});
      const cause = `POST https://${host}/v2/enqueue answered ${String(answer.value.status)}, and not that it took the event`;
      return failure({ code: 'not-understood', retryable: true, cause } as const);
    });
  return {
    probeReceiver: () => probeSecret(secret, 'the Events API'),
    keepsMatters: true,
    deliveriesOf: (notice, thread, _overtaken, isLate) =>
      toPagerDutyEvents(notice, thread, isLate).map((event) => ({
        id: `${event.event_action} ${event.dedup_key}`,
        send: () => enqueue(event),
      })),
  };
}
