import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { PROBE_REQUEST } from '../../core/messages/probe-request';
import { failure, success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { ProbedReceiver, Receivers } from '../../flow/ports';
import { attempt } from '../aws-failure';

const ANSWERS = ['taken', 'throttled', 'unavailable', 'not-understood', 'unauthorized', 'refused'] as const;

const answerSchema = (): z.ZodMiniType<readonly ProbedReceiver[]> =>
  z.array(z.object({ channel: z.string(), secretName: z.string(), answer: z.enum(ANSWERS), found: z.string() }));

/**
 * Asks the notifier, which alone reads the secrets of channels, and waits for what it found.
 *
 * @param functionArn missing where no channel is configured: then there is nobody to probe
 */
export function createReceivers(client: LambdaClient, functionArn?: string): Receivers {
  return {
    async probe() {
      if (functionArn === undefined) return success([]);
      const answered = await attempt('The notifier could not be asked', () =>
        client.send(
          new InvokeCommand({
            FunctionName: functionArn,
            Payload: new TextEncoder().encode(JSON.stringify(PROBE_REQUEST)),
          }),
        ),
      );
      if (!answered.ok) return answered;
      const probed = answerSchema().safeParse(read(answered.value.Payload));
      if (answered.value.FunctionError === undefined && probed.success) return success(probed.data);
      const cause = `The notifier could not probe receivers; its log says why: ${functionArn}`;
      return failure({ code: 'unknown', retryable: false, cause });
    },
  };
}

function read(payload: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
