import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { failure, success } from '../../core/result';
import type { SweepRequest } from '../../core/sweeping/sweep';
import type { SweepExecutions } from '../../flow/ports';
import { attempt } from '../aws-failure';

/** @param functionArn with its alias or version: a durable execution needs a qualified ARN. */
export function createSweepExecutions(client: LambdaClient, functionArn: string, prefix: string): SweepExecutions {
  return {
    async start(request) {
      const started = await attempt('The sweeper could not be started', () =>
        client.send(
          new InvokeCommand({
            FunctionName: functionArn,
            InvocationType: 'Event',
            DurableExecutionName: sweepExecutionName(prefix, request),
            Payload: new TextEncoder().encode(JSON.stringify(request)),
          }),
        ),
      );
      if (!started.ok) return started;
      if (started.value.DurableExecutionArn !== undefined) return success(undefined);
      const cause = 'The sweeper could not be started: Lambda answers no durable execution; is it a durable function?';
      return failure({ code: 'unknown', retryable: false, cause });
    },
  };
}

/** Two deployments may share an account and Region, where names of executions must be unique. */
function sweepExecutionName(prefix: string, { sweepId }: SweepRequest): string {
  return `${prefix}-${sweepId}`;
}
