import { createHmac } from 'node:crypto';
import { renderWebhook } from '../../core/messages/webhook/render-webhook';
import { success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Channel, Clock, Secrets } from '../../flow/ports';
import type { Http } from '../http';
import { parseSecret } from '../parse-secret';
import { probeSecret, withSecret } from '../with-secret';

export interface WebhookSettings {
  readonly url: string;
  readonly secretName: string;
}

/** Below it a key can be tried out. */
const MIN_KEY_CHARACTERS = 32;

const FORM = `{"signingKey":"…"} with at least ${String(MIN_KEY_CHARACTERS)} characters, and "authorization" if the receiver wants that header`;

const secretSchema = () =>
  z.object({
    signingKey: z.string().check(z.minLength(MIN_KEY_CHARACTERS)),
    /** The whole value of the header, such as `Bearer …`. */
    authorization: z.exactOptional(z.string().check(z.regex(/^[\x20-\x7e]+$/))),
  });

/** Posts each notice once, signed. The receiver knows by `Idempotency-Key` what it has had before. */
export function createWebhookChannel(
  { url, secretName }: WebhookSettings,
  { http, secrets, clock }: { readonly http: Http; readonly secrets: Secrets; readonly clock: Clock },
): Channel {
  const secret = {
    secrets,
    name: secretName,
    parse: (text: string) => parseSecret(text, secretSchema(), FORM),
  };
  return {
    probeReceiver: () => probeSecret(secret, 'a webhook'),
    keepsMatters: false,
    isLog: true,
    deliveriesOf: (notice) => [
      {
        id: 'post',
        send: () =>
          withSecret(secret, async ({ signingKey, authorization }) => {
            const body = renderWebhook(notice);
            const timestamp = String(Math.floor(clock.now().getTime() / 1000));
            const answer = await http.send({
              method: 'POST',
              url,
              headers: {
                'content-type': 'application/json',
                'idempotency-key': notice.id,
                'portcullis-timestamp': timestamp,
                'portcullis-signature': signatureOf(signingKey, timestamp, body),
                ...(authorization === undefined ? {} : { authorization }),
              },
              body,
            });
            return answer.ok ? success({}) : answer;
          }),
      },
    ],
  };
}

/** `v1=` and the HMAC with SHA-256, in hexadecimal digits, of `v1:<timestamp>:<body>`. */
function signatureOf(key: string, timestamp: string, body: string): string {
  return `v1=${createHmac('sha256', key).update(`v1:${timestamp}:${body}`).digest('hex')}`;
}
