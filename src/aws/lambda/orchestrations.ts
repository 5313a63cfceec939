import { GetDurableExecutionCommand, InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { failure, success } from '../../core/result';
import type { ExecutionStart, Identifiers, Orchestrations } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** @param functionArn with its alias or version: a durable execution needs a qualified ARN. */
export function createOrchestrations(
  client: LambdaClient,
  functionArn: string,
  { executionName }: Pick<Identifiers, 'executionName'>,
): Orchestrations {
  return {
    async start(execution) {
      const { target, ...tenure } = execution;
      const started = await attempt('The orchestrator could not be started', () =>
        client.send(
          new InvokeCommand({
            FunctionName: functionArn,
            InvocationType: 'Event',
            DurableExecutionName: executionName(target, tenure),
            // Nothing else goes in: the same name with another payload is an error.
            Payload: new TextEncoder().encode(JSON.stringify(inFixedOrder(execution))),
          }),
        ),
      );
      if (!started.ok) return started;
      const { DurableExecutionArn: executionArn } = started.value;
      if (executionArn !== undefined) return success({ executionArn });
      const cause =
        'The orchestrator could not be started: Lambda answers no durable execution; is it a durable function?';
      return failure({ code: 'unknown', retryable: false, cause });
    },

    async fetchStatus(executionArn) {
      const read = await attempt('Whether the orchestrator is at work could not be learned', () =>
        client.send(new GetDurableExecutionCommand({ DurableExecutionArn: executionArn })),
      );
      if (read.ok) return success(read.value.Status === 'RUNNING' ? 'running' : 'ended');
      // Lambda has just named it: it does not show yet.
      return read.error.code === 'not-found' ? failure({ ...read.error, code: 'unavailable', retryable: true }) : read;
    },
  };
}

/** The payload must be the same to the byte, however the target was made. */
function inFixedOrder({ target, generation, nonce }: ExecutionStart): object {
  const { kind, partition, account, region, id } = target;
  return { target: { kind, partition, account, region, id }, generation, nonce };
}
