import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { success } from '../../core/result';
import type { Orchestrations } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { executionName } from '../identifiers';

/** @param functionArn with its alias or version: a durable execution needs a qualified ARN. */
export function createOrchestrations(client: LambdaClient, functionArn: string): Orchestrations {
  return {
    async start({ target, generation }) {
      const started = await attempt('The orchestrator could not be started', async () => {
        await client.send(
          new InvokeCommand({
            FunctionName: functionArn,
            InvocationType: 'Event',
            DurableExecutionName: executionName(target, generation),
            // Nothing else goes in: the same name with another payload is an error.
            Payload: new TextEncoder().encode(JSON.stringify({ target: inFixedOrder(target), generation })),
          }),
        );
      });
      return !started.ok && started.error.code === 'conflict' ? success(undefined) : started;
    },
  };
}

/** The payload must be the same to the byte, however the target was made. */
function inFixedOrder({ kind, partition, account, region, id }: Parameters<Orchestrations['start']>[0]['target']) {
  return { kind, partition, account, region, id };
}
