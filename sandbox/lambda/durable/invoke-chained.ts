import type { InvocationResponse } from '@aws-sdk/client-lambda';

import { AwsError } from '../../runtime/aws-error';
import type { ChainedInvoke } from './apply-updates';
import type { DurableExecution } from './durable-execution';
import type { Completion } from './elapse';

/** `context.invoke`: calls another function with the role of the one that asks, and waits for its response. */
export async function invokeChained(
  { world, target }: DurableExecution,
  { functionName, payload }: ChainedInvoke,
): Promise<Completion> {
  const { config } = target.version;
  try {
    const { principal } = world.identity.assumeAsService({
      service: 'lambda.amazonaws.com',
      roleArn: config.roleArn,
      sessionName: config.name,
      sourceAccount: config.account,
      sourceArn: config.arn,
    });
    const input = { FunctionName: functionName, Payload: Buffer.from(payload) };
    const call = { principal, account: config.account, region: config.region };
    // The Lambda service's own operation answers with this shape.
    const response = (await world.call('lambda', 'Invoke', input, call)) as InvocationResponse;
    const result = Buffer.from(response.Payload ?? []).toString();
    if (response.FunctionError === undefined) return { kind: 'succeeded', result };
    return { kind: 'failed', error: { ErrorType: response.FunctionError, ErrorMessage: messageOf(result) } };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { kind: 'failed', error: { ErrorType: error.code, ErrorMessage: error.message } };
  }
}

function messageOf(payload: string): string {
  const parsed: unknown = JSON.parse(payload);
  return typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed
    ? String(parsed.errorMessage)
    : payload;
}
