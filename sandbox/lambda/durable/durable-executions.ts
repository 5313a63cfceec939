import type { ErrorObject, Operation, OperationUpdate } from '@aws-sdk/client-lambda';

import { AwsError } from '../../runtime/aws-error';
import type { World } from '../../runtime/world';
import type { FunctionRunner } from '../function-runner';
import type { ResolvedFunction } from '../functions';
import { applyUpdates } from './apply-updates';
import type { CheckpointAnswer, DurableExecution } from './durable-execution';
import { parseCallbackId, toCallbackId, toDurableExecutionArn } from './durable-names';
import { endDurableState, replayableOperations, startDurableState, type DurableState } from './durable-state';
import { beat, elapse, nextDueMillis, complete, type Completion } from './elapse';
import { invokeChained } from './invoke-chained';
import { invokeDurable, type InvocationEffect } from './invoke-durable';
import type { KillSwitch } from './kill-switch';
import { announceStatus } from './status-change';
import { InvalidUpdate } from './transition';

const DAY_MILLIS = 86_400_000;
const DEFAULT_OPERATIONS_PER_PAGE = 1000;

/** Called when an execution that was started asynchronously did not succeed. */
export type OnFailedEvent = (execution: DurableExecution, error: ErrorObject) => void;

/** The durable executions of all functions: states, time, and the invocations that move them on. */
export class DurableExecutions {
  readonly #runner: FunctionRunner;
  readonly #operationsPerPage: number;
  readonly #killSwitch: KillSwitch;
  readonly #onFailedEvent: OnFailedEvent;
  readonly #executions = new Map<string, DurableExecution>();
  /** By account, Region and name. */
  readonly #names = new Map<string, DurableExecution>();

  constructor(
    runner: FunctionRunner,
    killSwitch: KillSwitch,
    onFailedEvent: OnFailedEvent,
    operationsPerPage: number = DEFAULT_OPERATIONS_PER_PAGE,
  ) {
    this.#runner = runner;
    this.#operationsPerPage = operationsPerPage;
    this.#killSwitch = killSwitch;
    this.#onFailedEvent = onFailedEvent;
  }

  /**
   * Starts an execution; the same name with the same payload gives the one that exists.
   * https://docs.aws.amazon.com/lambda/latest/dg/durable-execution-idempotency.html
   * @throws AwsError DurableExecutionAlreadyStartedException
   */
  start(
    world: World,
    target: ResolvedFunction,
    request: {
      readonly payload: string;
      readonly name: string | undefined;
      readonly startedBy: DurableExecution['startedBy'];
    },
  ): DurableExecution {
    const { config, qualifiedArn } = target.version;
    const name = request.name ?? world.uuid();
    const key = `${config.account}/${config.region}/${name}`;
    const existing = this.#names.get(key);
    if (existing && !isForgotten(existing)) {
      if (existing.payload === request.payload && existing.target.version.config === config) return existing;
      throw new AwsError(
        'DurableExecutionAlreadyStartedException',
        `Durable execution ${name} was already started with another payload.`,
        409,
      );
    }
    const nowMillis = world.clock.now();
    const execution: DurableExecution = {
      world,
      arn: toDurableExecutionArn(qualifiedArn, name, world.uuid()),
      name,
      target,
      payload: request.payload,
      startedBy: request.startedBy,
      retentionDays: config.durable?.retentionDays ?? 30,
      state: startDurableState({
        operationId: world.uuid(),
        input: request.payload,
        nowMillis,
        executionTimeoutSeconds: config.durable?.executionTimeoutSeconds ?? 0,
      }),
      invocation: undefined,
      failures: 0,
      timer: undefined,
      retry: undefined,
      onEnd: [],
    };
    this.#executions.set(execution.arn, execution);
    this.#names.set(key, execution);
    announceStatus(execution);
    this.#advanceTo(execution, execution.state);
    this.#invoke(execution);
    return execution;
  }

  /** Resolves when the execution has ended; waits on the world's clock. */
  async ended(execution: DurableExecution): Promise<DurableState> {
    if (execution.state.status === 'RUNNING') {
      await execution.world.clock.waiting(new Promise<void>((resolve) => execution.onEnd.push(resolve)));
    }
    return execution.state;
  }

  /** @throws AwsError ResourceNotFoundException, also when the retention period is over. */
  get(arn: string): DurableExecution {
    const execution = this.#executions.get(arn);
    if (execution && !isForgotten(execution)) return execution;
    throw new AwsError('ResourceNotFoundException', `Durable execution not found: ${arn}`, 404);
  }

  all(): readonly DurableExecution[] {
    return [...this.#executions.values()].filter((execution) => !isForgotten(execution));
  }

  /** @throws AwsError InvalidParameterValueException for a stale token or an impossible update; nothing is applied. */
  checkpoint(
    arn: string,
    request: {
      readonly token: string;
      readonly clientToken: string | undefined;
      readonly updates: readonly OperationUpdate[];
    },
  ): CheckpointAnswer {
    const execution = this.get(arn);
    const { invocation, world } = execution;
    const repeated = invocation?.lastCheckpoint;
    if (repeated?.clientToken !== undefined && repeated.clientToken === request.clientToken) {
      if (repeated.token === request.token) return repeated.answer;
    }
    this.#checkToken(execution, request.token);
    const kill = this.#killSwitch.inject(execution.target.version.config.name, request.updates);
    if (kill === 'before-checkpoint') this.#kill(execution);
    const nowMillis = world.clock.now();
    const { state, updated, invokes } = this.#apply(execution, request.updates, nowMillis);
    if (invocation && state.unseen.size > 0) invocation.disturbed = true;
    const changed = new Set([...updated, ...state.unseen]);
    this.#advanceTo(execution, { ...state, unseen: new Set() });
    for (const invoke of invokes) {
      void invokeChained(execution, invoke).then((completion) => {
        this.#complete(execution, invoke.operationId, completion);
      });
    }
    const operations = [...changed].flatMap((id) => state.operations.get(id) ?? []);
    const answer = { token: world.id('', 48), operations };
    if (invocation) {
      invocation.token = answer.token;
      invocation.lastCheckpoint = { token: request.token, clientToken: request.clientToken, answer };
    }
    if (kill === 'after-checkpoint') this.#kill(execution);
    return answer;
  }

  /** @throws AwsError InvalidParameterValueException for a stale token. */
  replayable(arn: string, token: string): readonly Operation[] {
    const execution = this.get(arn);
    this.#checkToken(execution, token);
    return replayableOperations(execution.state);
  }

  /** @throws AwsError CallbackTimeoutException when the callback is over. */
  completeCallback(callbackId: string, completion: Completion): void {
    const { execution, operationId } = this.#callback(callbackId);
    if (!this.#complete(execution, operationId, completion)) throw callbackIsOver();
  }

  /** @throws AwsError CallbackTimeoutException when the callback is over. */
  heartbeat(callbackId: string): void {
    const { execution, operationId } = this.#callback(callbackId);
    const state = beat(execution.state, operationId, execution.world.clock.now());
    if (!state) throw callbackIsOver();
    this.#advanceTo(execution, state);
  }

  stop(arn: string, error: ErrorObject | undefined): DurableExecution {
    const execution = this.get(arn);
    const nowMillis = execution.world.clock.now();
    this.#advanceTo(execution, endDurableState(execution.state, { status: 'STOPPED', nowMillis, error }));
    return execution;
  }

  #callback(callbackId: string): { readonly execution: DurableExecution; readonly operationId: string } {
    const parsed = parseCallbackId(callbackId);
    if (!parsed) throw new AwsError('InvalidParameterValueException', `"${callbackId}" is no callback id.`);
    return { execution: this.get(parsed.executionArn), operationId: parsed.operationId };
  }

  #complete(execution: DurableExecution, operationId: string, completion: Completion): boolean {
    const state = complete(execution.state, operationId, completion, execution.world.clock.now());
    if (state) this.#advanceTo(execution, state);
    return state !== undefined;
  }

  #apply(
    execution: DurableExecution,
    updates: readonly OperationUpdate[],
    nowMillis: number,
  ): ReturnType<typeof applyUpdates> {
    try {
      return applyUpdates(elapse(execution.state, nowMillis), updates, {
        nowMillis,
        callbackId: (operationId) => toCallbackId(execution.arn, operationId),
      });
    } catch (error) {
      if (!(error instanceof InvalidUpdate)) throw error;
      throw new AwsError('InvalidParameterValueException', error.message);
    }
  }

  /** The SDK knows the message: it ends the invocation, which is then repeated with a new token. */
  #checkToken({ invocation, state }: DurableExecution, token: string): void {
    if (state.status === 'RUNNING' && invocation?.token === token) return;
    throw new AwsError('InvalidParameterValueException', 'Invalid Checkpoint Token');
  }

  #kill({ invocation }: DurableExecution): void {
    if (invocation) this.#runner.kill(invocation.requestId);
    throw new AwsError('ServiceException', 'The process was killed, as asked of the sandbox.', 500);
  }

  /** Takes on a new state, with everything that follows from it. */
  #advanceTo(execution: DurableExecution, state: DurableState): void {
    const { world, invocation } = execution;
    const hasEnded = execution.state.status === 'RUNNING' && state.status !== 'RUNNING';
    execution.state = state;
    execution.timer?.();
    const dueMillis = nextDueMillis(state);
    if (dueMillis !== undefined) {
      execution.timer = world.clock.schedule(dueMillis, () => {
        this.#advanceTo(execution, elapse(execution.state, world.clock.now()));
      });
    }
    if (hasEnded) this.#end(execution);
    if (state.status !== 'RUNNING' || state.unseen.size === 0) return;
    if (invocation) invocation.disturbed = true;
    // A failed invocation is repeated anyway, and sees then what has changed.
    else if (execution.failures === 0) this.#invoke(execution);
  }

  #end(execution: DurableExecution): void {
    const { state, startedBy } = execution;
    execution.retry?.();
    announceStatus(execution);
    for (const resolve of execution.onEnd) resolve();
    if (startedBy === 'asynchronous' && state.status !== 'SUCCEEDED') {
      this.#onFailedEvent(execution, state.error ?? { ErrorMessage: `The execution ended as ${state.status}.` });
    }
  }

  #invoke(execution: DurableExecution): void {
    const { clock } = execution.world;
    execution.invocation = {
      requestId: execution.world.uuid(),
      startMillis: clock.now(),
      token: execution.world.id('', 48),
      lastCheckpoint: undefined,
      disturbed: false,
    };
    const { unseen } = execution.state;
    execution.state = { ...execution.state, unseen: new Set() };
    void clock.busy(
      invokeDurable({ runner: this.#runner, operationsPerPage: this.#operationsPerPage }, execution, unseen).then(
        (effect) => {
          this.#afterInvocation(execution, effect);
        },
      ),
    );
  }

  #afterInvocation(execution: DurableExecution, { state, retryInMillis, disturbed }: InvocationEffect): void {
    const { clock } = execution.world;
    execution.invocation = undefined;
    // A function that may have missed a change is asked again at once, as if it had not been notified.
    const missed = disturbed && retryInMillis === undefined && state.status === 'RUNNING' && state.unseen.size === 0;
    this.#advanceTo(execution, state);
    if (missed) this.#invoke(execution);
    if (state.status !== 'RUNNING' || retryInMillis === undefined) return;
    execution.retry = clock.schedule(clock.now() + retryInMillis, () => {
      this.#invoke(execution);
    });
  }
}

function isForgotten({ state, world, retentionDays }: DurableExecution): boolean {
  return state.endMillis !== undefined && state.endMillis + retentionDays * DAY_MILLIS <= world.clock.now();
}

function callbackIsOver(): AwsError {
  return new AwsError(
    'CallbackTimeoutException',
    'The callback has timed out, or has been answered already, or its execution has ended.',
  );
}
