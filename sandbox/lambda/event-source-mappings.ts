import type {
  EventSourceMappingConfiguration,
  ListEventSourceMappingsRequest,
  ListEventSourceMappingsResponse,
} from '@aws-sdk/client-lambda';
import type { Message, ReceiveMessageResult } from '@aws-sdk/client-sqs';

import { parseArn } from '../runtime/arn';
import { AwsError } from '../runtime/aws-error';
import type { Call, Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import { SQS_AVAILABLE, type QueueAvailable } from '../sqs/queue';
import type { ResolvedFunction } from './functions';
import { invokeNow, type Invoking } from './invoke';
import { failedMessageIds, toSqsEvent } from './sqs-event';

export interface EventSourceMapping {
  readonly world: World;
  readonly uuid: string;
  readonly queueArn: string;
  readonly target: ResolvedFunction;
  readonly enabled: boolean;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly reportBatchItemFailures: boolean;
  /** Batches that run at the same time. */
  readonly maximumConcurrency: number;
}

interface MappingState {
  readonly mapping: EventSourceMapping;
  /** Received, waiting for the batch to fill or its window to close. */
  batch: Message[];
  windowOpen: boolean;
  polling: boolean;
  /** Messages became visible while a poll was under way. */
  pollAgain: boolean;
  running: number;
  failedPolls: number;
  lastProblem: string | undefined;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MAX_RECEIVED = 10;
/** Failed polls in a row after which skipping time no longer waits for the next. */
const MAX_AWAITED_POLLS = 8;

/** Lambda's pollers of SQS queues: they act with the function's role, and wait on the world's clock. */
export class EventSourceMappings {
  readonly #invoking: Pick<Invoking, 'runner' | 'durableExecutions'>;
  readonly #states: MappingState[] = [];

  constructor(invoking: Pick<Invoking, 'runner' | 'durableExecutions'>) {
    this.#invoking = invoking;
  }

  add(mapping: EventSourceMapping): void {
    const state: MappingState = {
      mapping,
      batch: [],
      windowOpen: false,
      polling: false,
      pollAgain: false,
      running: 0,
      failedPolls: 0,
      lastProblem: undefined,
    };
    this.#states.push(state);
    this.#wake(state);
  }

  listen(world: World): void {
    world.on(SQS_AVAILABLE, (payload) => {
      // Published under this name by the sandbox's SQS only, with this type.
      const { queueArn } = payload as QueueAvailable;
      for (const state of this.#states) if (state.mapping.queueArn === queueArn) this.#wake(state);
    });
  }

  listOperation(): Operation<ListEventSourceMappingsRequest, ListEventSourceMappingsResponse> {
    return {
      permissions: () => [{ action: 'lambda:ListEventSourceMappings', resource: '*' }],
      handle: ({ EventSourceArn }, { account, region }) => ({
        EventSourceMappings: this.#states
          .filter(({ mapping: { target } }) => {
            const { config } = target.version;
            return config.account === account && config.region === region;
          })
          .filter(({ mapping }) => (EventSourceArn ?? mapping.queueArn) === mapping.queueArn)
          .map(toConfiguration),
      }),
    };
  }

  #wake(state: MappingState): void {
    if (!state.mapping.enabled) return;
    state.pollAgain = true;
    if (state.polling) return;
    state.polling = true;
    const { clock } = state.mapping.world;
    void clock.busy(
      this.#poll(state).finally(() => {
        state.polling = false;
        if (state.pollAgain && state.running < state.mapping.maximumConcurrency) this.#wake(state);
      }),
    );
  }

  /** Receives as long as there is something to receive and a batch may run. */
  async #poll(state: MappingState): Promise<void> {
    const { mapping } = state;
    while (state.pollAgain && state.running < mapping.maximumConcurrency) {
      state.pollAgain = false;
      const wanted = Math.min(mapping.batchSize - state.batch.length, MAX_RECEIVED);
      const messages = await this.#receive(state, wanted);
      if (messages.length === 0) continue;
      state.pollAgain = true;
      state.batch.push(...messages);
      if (state.batch.length >= mapping.batchSize || mapping.batchWindowSeconds === 0) this.#dispatch(state);
      else this.#openWindow(state);
    }
  }

  #openWindow(state: MappingState): void {
    if (state.windowOpen) return;
    state.windowOpen = true;
    const { clock } = state.mapping.world;
    clock.schedule(clock.now() + state.mapping.batchWindowSeconds * 1000, () => {
      this.#dispatch(state);
      this.#wake(state);
    });
  }

  #dispatch(state: MappingState): void {
    const { batch, mapping } = state;
    state.batch = [];
    state.windowOpen = false;
    if (batch.length === 0) return;
    state.running += 1;
    void mapping.world.clock.busy(
      this.#process(state, batch).finally(() => {
        state.running -= 1;
        this.#wake(state);
      }),
    );
  }

  /** Invokes the function; what succeeded is deleted, the rest becomes visible again after its time-out. */
  async #process(state: MappingState, batch: readonly Message[]): Promise<void> {
    const { mapping } = state;
    const { world, target } = mapping;
    try {
      const event = JSON.stringify(toSqsEvent(batch, mapping.queueArn));
      const { FunctionError, Payload } = await invokeNow(this.#invoking, world, target, event);
      if (FunctionError !== undefined) return;
      const response = Buffer.from(Payload ?? []).toString();
      const failed = mapping.reportBatchItemFailures ? failedMessageIds(response, batch) : new Set<string>();
      const done = batch.filter(({ MessageId = '' }) => !failed.has(MessageId));
      for (let from = 0; from < done.length; from += MAX_RECEIVED) {
        const Entries = done.slice(from, from + MAX_RECEIVED).map(({ ReceiptHandle }, index) => ({
          Id: String(index),
          ReceiptHandle,
        }));
        await this.#callQueue(mapping, 'DeleteMessageBatch', { Entries });
      }
      state.lastProblem = undefined;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      state.lastProblem = `${error.code}: ${error.message}`;
    }
  }

  async #receive(state: MappingState, count: number): Promise<readonly Message[]> {
    const { mapping } = state;
    try {
      // Lambda scales its pollers by the queue's depth.
      await this.#callQueue(mapping, 'GetQueueAttributes', { AttributeNames: ['All'] });
      const received = await this.#callQueue(mapping, 'ReceiveMessage', {
        MaxNumberOfMessages: count,
        WaitTimeSeconds: 0,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      });
      // The SQS service's own operation answers with this shape.
      const { Messages = [] } = received as ReceiveMessageResult;
      state.failedPolls = 0;
      return Messages;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      state.lastProblem = `${error.code}: ${error.message}`;
      this.#pollLater(state);
      return [];
    }
  }

  /** Lambda never gives up polling; skipping time does not wait for a queue that stays out of reach. */
  #pollLater(state: MappingState): void {
    const { clock } = state.mapping.world;
    const delaySeconds = Math.min(2 ** state.failedPolls, 60);
    state.failedPolls += 1;
    clock.schedule(
      clock.now() + delaySeconds * 1000,
      () => {
        this.#wake(state);
      },
      { background: state.failedPolls > MAX_AWAITED_POLLS },
    );
  }

  #callQueue({ world, queueArn, target }: EventSourceMapping, operation: string, input: object): Promise<unknown> {
    const { config } = target.version;
    const arn = parseArn(queueArn);
    const account = arn?.account ?? config.account;
    const { principal } = world.identity.assumeAsService({
      service: 'lambda.amazonaws.com',
      roleArn: config.roleArn,
      sessionName: config.name,
      sourceAccount: config.account,
      sourceArn: config.arn,
    });
    const call: Call = { principal, account, region: arn?.region ?? config.region };
    return world.call(
      'sqs',
      operation,
      { ...input, QueueUrl: `${world.endpoint}/${account}/${arn?.resource ?? ''}` },
      call,
    );
  }
}

function toConfiguration({ mapping, lastProblem }: MappingState): EventSourceMappingConfiguration {
  return {
    UUID: mapping.uuid,
    EventSourceArn: mapping.queueArn,
    FunctionArn: mapping.target.invokedArn,
    State: mapping.enabled ? 'Enabled' : 'Disabled',
    BatchSize: mapping.batchSize,
    MaximumBatchingWindowInSeconds: mapping.batchWindowSeconds,
    FunctionResponseTypes: mapping.reportBatchItemFailures ? ['ReportBatchItemFailures'] : [],
    LastProcessingResult: lastProblem === undefined ? 'OK' : `PROBLEM: ${lastProblem}`,
  };
}
