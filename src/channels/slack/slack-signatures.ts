import { createHmac, timingSafeEqual } from 'node:crypto';
import { failure, success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { Clock, PortResult, Secrets, SlackRequest, SlackSignatures } from '../../flow/ports';
import { parseSecret } from '../parse-secret';

/** As old as Slack wants requests to be at most; one from as far ahead is of no clock that is to be trusted either. */
const SIGNED_WITHIN_SECONDS = 300;

/**
 * A signature that does not fit has the secret read again, since it may have been rotated: so often, and not for each
 * forgery.
 */
const READ_AGAIN_MILLIS = 30_000;

const FORM = '{"botToken":"xoxb-…","signingSecret":"…"}, the latter from Basic Information of the app';

const secretSchema = () => z.object({ signingSecret: z.string().check(z.minLength(16), z.regex(/^[\x21-\x7e]+$/)) });

/**
 * Requests that Slack has signed, version v0: an HMAC of the time and the bytes as they came.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createSlackSignatures(
  { secretName }: { readonly secretName: string },
  { secrets, clock }: { readonly secrets: Secrets; readonly clock: Clock },
): SlackSignatures {
  let readAgainMillis = 0;
  async function signingSecret(isFresh: boolean): PortResult<string> {
    const text = await secrets.fetchSecret(secretName, isFresh);
    if (!text.ok) return text;
    const secret = parseSecret(text.value, secretSchema(), FORM);
    if (secret.ok) return success(secret.value.signingSecret);
    return failure({ code: 'invalid', retryable: false, cause: `The secret ${secretName} ${secret.error}` });
  }
  return {
    async isSigned(request) {
      const now = clock.now().getTime();
      const timestamp = request.headers['x-slack-request-timestamp'] ?? '';
      const isInTime =
        /^\d{1,12}$/.test(timestamp) && Math.abs(Number(timestamp) - now / 1000) <= SIGNED_WITHIN_SECONDS;
      const signature = request.headers['x-slack-signature'] ?? '';
      if (!isInTime || !/^v0=[0-9a-f]{64}$/.test(signature)) return success(false);
      const known = await signingSecret(false);
      if (!known.ok && known.error.code !== 'invalid') return known;
      if (known.ok && fits(signature, known.value, timestamp, request)) return success(true);
      if (now - readAgainMillis < READ_AGAIN_MILLIS) return known.ok ? success(false) : known;
      readAgainMillis = now;
      const fresh = await signingSecret(true);
      return fresh.ok ? success(fits(signature, fresh.value, timestamp, request)) : fresh;
    },
  };
}

/** In a time that says nothing of where they differ. */
function fits(signature: string, secret: string, timestamp: string, { body }: SlackRequest): boolean {
  const expected = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(signature.slice('v0='.length), 'hex'));
}
