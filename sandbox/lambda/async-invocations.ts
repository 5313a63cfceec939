import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { Call } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { FunctionRunner } from './function-runner';
import type { Functions, ResolvedFunction } from './functions';
import type { FunctionError, InvocationOutcome } from './process/function-process';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const DEFAULT_RETRY_ATTEMPTS = 2;
const DEFAULT_MAXIMUM_EVENT_AGE_SECONDS = 21_600;
const RETRY_DELAYS_SECONDS: readonly number[] = [60, 120];

interface AsyncEvent {
  readonly world: World;
  readonly target: ResolvedFunction;
  readonly payload: string;
  readonly requestId: string;
  readonly queuedMillis: number;
}

/** An invocation that failed for good and whose destination or dead-letter queue refused it. */
export interface LostEvent {
  readonly functionArn: string;
  readonly requestId: string;
  readonly destinationArn: string;
  readonly code: string;
  readonly message: string;
}

/** Lambda's queue for `Event` invocations: retries by the clock, then the destination or dead-letter queue. */
export class AsyncInvocations {
  readonly lost: LostEvent[] = [];
  readonly #functions: Functions;
  readonly #runner: FunctionRunner;

  constructor(functions: Functions, runner: FunctionRunner) {
    this.#functions = functions;
    this.#runner = runner;
  }

  /** Returns at once; what follows is under way on the world's clock. */
  enqueue(world: World, target: ResolvedFunction, payload: string, requestId: string): void {
    const event = { world, target, payload, requestId, queuedMillis: world.clock.now() };
    void world.clock.busy(this.#attempt(event, 0));
  }

  async #attempt(event: AsyncEvent, attempt: number): Promise<void> {
    const { world, target } = event;
    const outcome = await this.#run(event);
    const config = this.#functions.eventInvokeConfigOf(target);
    if (outcome.kind === 'returned') {
      if (config.onSuccessArn !== undefined) await this.#send(event, config.onSuccessArn, 'Success', attempt, outcome);
      return;
    }
    const retryAtMillis = world.clock.now() + (RETRY_DELAYS_SECONDS[attempt] ?? 0) * 1000;
    const maximumAgeMillis = (config.maximumEventAgeSeconds ?? DEFAULT_MAXIMUM_EVENT_AGE_SECONDS) * 1000;
    const hasAttempts = attempt < (config.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS);
    if (hasAttempts && retryAtMillis <= event.queuedMillis + maximumAgeMillis) {
      world.clock.schedule(retryAtMillis, () => {
        void world.clock.busy(this.#attempt(event, attempt + 1));
      });
      return;
    }
    const condition = hasAttempts ? 'EventAgeExceeded' : 'RetriesExhausted';
    if (config.onFailureArn !== undefined) await this.#send(event, config.onFailureArn, condition, attempt, outcome);
    await this.toDeadLetterQueue(world, target, event.payload, event.requestId, outcome.error);
  }

  /** The raw event with the reason in message attributes, as `DeadLetterConfig` asks. */
  async toDeadLetterQueue(
    world: World,
    target: ResolvedFunction,
    payload: string,
    requestId: string,
    error: FunctionError,
  ): Promise<void> {
    const { deadLetterArn } = target.version.config;
    if (deadLetterArn === undefined) return;
    const attribute = (value: string) => ({ DataType: 'String', StringValue: value.slice(0, 1024) });
    await this.#deliver(world, target, requestId, deadLetterArn, payload, {
      RequestID: attribute(requestId),
      ErrorCode: attribute('200'),
      ErrorMessage: attribute(error.errorMessage),
    });
  }

  async #run({ world, target, payload, requestId }: AsyncEvent): Promise<InvocationOutcome> {
    const { version, invokedArn } = target;
    try {
      return await this.#runner.run(world, version, { payload, requestId, invokedArn });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return { kind: 'failed', error: { errorType: error.code, errorMessage: error.message } };
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
  async #send(
    { world, target, payload, requestId }: AsyncEvent,
    destinationArn: string,
    condition: string,
    attempt: number,
    outcome: InvocationOutcome,
  ): Promise<void> {
    const record = {
      version: '1.0',
      timestamp: new Date(world.clock.now()).toISOString(),
      requestContext: {
        requestId,
        functionArn: target.version.qualifiedArn,
        condition,
        approximateInvokeCount: attempt + 1,
      },
      requestPayload: parseJson(payload),
      responseContext: {
        statusCode: 200,
        executedVersion: target.version.version,
        ...(outcome.kind === 'failed' ? { functionError: 'Unhandled' } : {}),
      },
      responsePayload: outcome.kind === 'failed' ? outcome.error : parseJson(outcome.payload),
    };
    await this.#deliver(world, target, requestId, destinationArn, JSON.stringify(record), {});
  }

  /** Lambda delivers with the function's own role. */
  async #deliver(
    world: World,
    target: ResolvedFunction,
    requestId: string,
    destinationArn: string,
    body: string,
    attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>,
  ): Promise<void> {
    const { config } = target.version;
    const arn = parseArn(destinationArn);
    try {
      const { principal } = world.identity.assumeAsService({
        service: 'lambda.amazonaws.com',
        roleArn: config.roleArn,
        sessionName: config.name,
        sourceAccount: config.account,
        sourceArn: config.arn,
      });
      const call: Call = { principal, account: arn?.account ?? config.account, region: arn?.region ?? config.region };
      const [operation, input] = toDelivery(world, destinationArn, body, attributes);
      await world.call(arn?.service ?? '', operation, input, call);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { code, message } = error;
      this.lost.push({ functionArn: target.invokedArn, requestId, destinationArn, code, message });
    }
  }
}

function toDelivery(
  world: World,
  destinationArn: string,
  body: string,
  attributes: object,
): readonly [operation: string, input: object] {
  const arn = parseArn(destinationArn);
  switch (arn?.service) {
    case 'sqs':
      return [
        'SendMessage',
        {
          QueueUrl: `${world.endpoint}/${arn.account}/${arn.resource}`,
          MessageBody: body,
          MessageAttributes: attributes,
        },
      ];
    case 'sns':
      return ['Publish', { TopicArn: destinationArn, Message: body, MessageAttributes: attributes }];
    case 'lambda':
      return ['Invoke', { FunctionName: destinationArn, InvocationType: 'Event', Payload: Buffer.from(body) }];
    default:
      throw new AwsError(
        'InvalidParameterValueException',
        `${destinationArn}: destinations of the sandbox are queues, topics and functions`,
      );
  }
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}
