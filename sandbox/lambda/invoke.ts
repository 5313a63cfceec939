import type { InvocationRequest, InvocationResponse } from '@aws-sdk/client-lambda';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { AsyncInvocations } from './async-invocations';
import type { DurableExecutions } from './durable/durable-executions';
import type { DurableState } from './durable/durable-state';
import { parseFunctionName, toFunctionArn } from './function-name';
import type { FunctionRunner } from './function-runner';
import type { Functions, ResolvedFunction } from './functions';
import type { InvocationOutcome } from './process/function-process';

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_SYNC_BYTES = 6 * 1024 * 1024;
const MAX_ASYNC_BYTES = 1024 * 1024;
const MAX_DURABLE_ASYNC_BYTES = 256 * 1024;
const MAX_SYNC_EXECUTION_SECONDS = 900;

export interface Invoking {
  readonly functions: Functions;
  readonly runner: FunctionRunner;
  readonly asyncInvocations: AsyncInvocations;
  readonly durableExecutions: DurableExecutions;
}

/**
 * Invokes a function: synchronously with ≤6 MB, as an event with ≤1 MB (256 KB for a durable function), or `DryRun`.
 * It throws RequestTooLargeException, InvalidRequestContentException, ResourceNotFoundException, and
 * InvalidParameterValueException for a durable function without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvoke(invoking: Invoking): Operation<InvocationRequest, InvocationResponse> {
  return {
    permissions: ({ FunctionName = '', Qualifier }, context) => [
      {
        action: 'lambda:InvokeFunction',
        resource: toFunctionArn(context.world.partition, parseFunctionName(FunctionName, Qualifier, context)),
      },
    ],
    handle: async (input, context) => {
      const { FunctionName = '', Qualifier, InvocationType = 'RequestResponse', DurableExecutionName } = input;
      const reference = parseFunctionName(FunctionName, Qualifier, context);
      const target = invoking.functions.resolve(context.world.partition, reference);
      const payload = parsePayload(input.Payload, InvocationType, target);
      checkDurableUse(target, InvocationType, DurableExecutionName);
      if (InvocationType === 'DryRun') return { StatusCode: 204 };
      if (InvocationType === 'Event') return invokeLater(invoking, target, payload, DurableExecutionName, context);
      const ExecutedVersion = target.version.version;
      return { ...(await invokeNow(invoking, context.world, target, payload, DurableExecutionName)), ExecutedVersion };
    },
  };
}

/**
 * Invokes and waits for the response; of a durable function, for the end of its execution. Must be called within work
 * that the clock counts as busy.
 */
export async function invokeNow(
  { runner, durableExecutions }: Omit<Invoking, 'functions' | 'asyncInvocations'>,
  world: World,
  target: ResolvedFunction,
  payload: string,
  name?: string,
): Promise<InvocationResponse> {
  const { version, invokedArn } = target;
  if (!version.config.durable) return toResponse(await runner.run(world, version, { payload, invokedArn }));
  const execution = durableExecutions.start(world, target, { payload, name, startedBy: 'synchronous' });
  const outcome = toOutcome(await durableExecutions.ended(execution));
  return { ...toResponse(outcome), DurableExecutionArn: execution.arn };
}

function invokeLater(
  { asyncInvocations, durableExecutions }: Invoking,
  target: ResolvedFunction,
  payload: string,
  name: string | undefined,
  { world, requestId }: CallContext,
): InvocationResponse {
  if (target.version.config.durable) {
    const { arn } = durableExecutions.start(world, target, { payload, name, startedBy: 'asynchronous' });
    return { StatusCode: 202, DurableExecutionArn: arn };
  }
  asyncInvocations.enqueue(world, target, payload, requestId);
  return { StatusCode: 202 };
}

function parsePayload(payload: Uint8Array | undefined, invocationType: string, target: ResolvedFunction): string {
  const text = payload === undefined || payload.length === 0 ? '{}' : Buffer.from(payload).toString('utf8');
  const asyncLimit = target.version.config.durable ? MAX_DURABLE_ASYNC_BYTES : MAX_ASYNC_BYTES;
  const limit = invocationType === 'Event' ? asyncLimit : MAX_SYNC_BYTES;
  const bytes = Buffer.byteLength(text);
  if (bytes > limit) {
    throw new AwsError(
      'RequestTooLargeException',
      `${bytes} byte payload is too large for the ${invocationType} invocation type (limit ${limit} bytes)`,
      413,
    );
  }
  try {
    JSON.parse(text);
  } catch {
    throw new AwsError('InvalidRequestContentException', 'Could not parse request body into json.');
  }
  return text;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/durable-invoking.html */
function checkDurableUse(
  { version, qualifier }: ResolvedFunction,
  invocationType: string,
  name: string | undefined,
): void {
  const invalid = (reason: string): never => {
    throw new AwsError('InvalidParameterValueException', reason);
  };
  const { durable } = version.config;
  if (!durable) {
    if (name !== undefined) invalid('DurableExecutionName is for durable functions only.');
    return;
  }
  if (qualifier === undefined) invalid('You cannot invoke a durable function using an unqualified ARN.');
  if (name !== undefined && !/^[\w-]{1,64}$/.test(name)) {
    invalid(`DurableExecutionName "${name}" must have 1 to 64 letters, digits, - or _.`);
  }
  if (invocationType === 'RequestResponse' && durable.executionTimeoutSeconds > MAX_SYNC_EXECUTION_SECONDS) {
    invalid('You cannot synchronously invoke a durable function with an executionTimeout greater than 15 minutes.');
  }
}

function toResponse(outcome: InvocationOutcome): InvocationResponse {
  if (outcome.kind === 'returned') return { StatusCode: 200, Payload: toBlob(outcome.payload) };
  return { StatusCode: 200, FunctionError: 'Unhandled', Payload: toBlob(JSON.stringify(outcome.error)) };
}

function toOutcome(state: DurableState): InvocationOutcome {
  if (state.status === 'SUCCEEDED') return { kind: 'returned', payload: state.result ?? 'null' };
  const { ErrorType, ErrorMessage, StackTrace } = state.error ?? {};
  return {
    kind: 'failed',
    error: {
      errorType: ErrorType ?? state.status,
      errorMessage: ErrorMessage ?? `The durable execution ended as ${state.status}.`,
      trace: StackTrace ?? [],
    },
  };
}

type Blob = NonNullable<InvocationResponse['Payload']>;

function toBlob(text: string): Blob {
  // The SDK's type is an array with conversions added by its client; on this side of the wire it is the plain array.
  return new Uint8Array(Buffer.from(text));
}
