import { failure, success, type Result } from '../core/result';
import type { DeliveryFailure, PortFailure, ReceiverProbe, Secrets } from '../flow/ports';

export interface SecretOf<Secret> {
  readonly secrets: Secrets;
  readonly name: string;
  /** Its text into what the channel needs; the error says what its form is, and nothing of what it holds. */
  readonly parse: (text: string) => Result<Secret, string>;
}

/**
 * Sends with a channel's secret. One that the receiver does not take is read again at once, since it may have been
 * rotated; where it is another one now, it is sent once more.
 */
export async function withSecret<Secret, Value>(
  { secrets, name, parse }: SecretOf<Secret>,
  send: (secret: Secret) => Promise<Result<Value, DeliveryFailure>>,
): Promise<Result<Value, DeliveryFailure>> {
  const text = await secrets.fetchSecret(name);
  if (!text.ok) return failure(toDeliveryFailure(text.error));
  const first = await sendWith(text.value);
  if (first.ok || first.error.code !== 'unauthorized') return first;
  const fresh = await secrets.fetchSecret(name, true);
  if (!fresh.ok || fresh.value === text.value) return first;
  return sendWith(fresh.value);

  async function sendWith(value: string): Promise<Result<Value, DeliveryFailure>> {
    const secret = parse(value);
    if (secret.ok) return send(secret.value);
    return failure(notOfItsForm(name, secret.error));
  }
}

function toDeliveryFailure({ code, retryable, cause }: PortFailure): DeliveryFailure {
  return retryable
    ? { code: code === 'throttled' ? 'throttled' : 'unavailable', retryable, cause }
    : { code: 'unauthorized', retryable: true, cause };
}

/**
 * Of a receiver whose API has no call that sends nothing: whether the secret is there, as it stands now, and of its
 * form.
 */
export async function probeSecret<Secret>({ secrets, name, parse }: SecretOf<Secret>, receiver: string): ReceiverProbe {
  const text = await secrets.fetchSecret(name, true);
  if (!text.ok) return failure(toDeliveryFailure(text.error));
  const secret = parse(text.value);
  if (!secret.ok) return failure(notOfItsForm(name, secret.error));
  return success(
    `its secret is there and of its form; ${receiver} has no call that sends nothing, so that none was made`,
  );
}

function notOfItsForm(name: string, error: string): DeliveryFailure {
  return { code: 'unauthorized', retryable: true, cause: `The secret ${name} ${error}` };
}
