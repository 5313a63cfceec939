import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { failure, success } from '../../core/result';
import type { Clock, Secrets } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** A rotated secret is in use at the latest then; sooner where the receiver refuses the older one. */
const KEPT_MILLIS = 5 * 60_000;

/** Current versions of secrets, kept in the function's memory for some minutes. */
export function createSecrets(client: SecretsManagerClient, clock: Clock): Secrets {
  const kept = new Map<string, { readonly text: string; readonly untilMillis: number }>();
  return {
    async fetchSecret(name, isFresh = false) {
      const now = clock.now().getTime();
      const known = kept.get(name);
      if (!isFresh && known !== undefined && now < known.untilMillis) return success(known.text);
      const read = await attempt(`The secret ${name} could not be read`, () =>
        client.send(new GetSecretValueCommand({ SecretId: name })),
      );
      if (!read.ok) return read;
      const { SecretString: text } = read.value;
      if (text === undefined) {
        const cause = `The secret ${name} holds bytes; store it as text.`;
        return failure({ code: 'invalid', retryable: false, cause });
      }
      kept.set(name, { text, untilMillis: now + KEPT_MILLIS });
      return success(text);
    },
  };
}
