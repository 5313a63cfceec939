import * as schemas from '@aws-sdk/client-lambda';
import { z } from 'zod';

import { processLost, type ProcessLost } from '../runtime/carry-out';
import type { Service } from '../runtime/operation';
import { AsyncInvocations } from './async-invocations';
import { createCallbackOperations } from './durable/callback-operations';
import { DurableExecutions, type OnFailedEvent } from './durable/durable-executions';
import { createDurableOperations } from './durable/durable-operations';
import { KillSwitch } from './durable/kill-switch';
import { EventSourceMappings } from './event-source-mappings';
import { createFunctionOperations } from './function-operations';
import { FunctionRunner } from './function-runner';
import { Functions } from './functions';
import { createInvoke } from './invoke';
import { createProvisioners } from './provisioners';

export interface LambdaOptions {
  /** How many invocations of one version run at the same time; more wait. Default 4. */
  readonly processesPerFunction?: number;
  /** What every call of a function takes of the sandbox's time. It passes when the invocation has ended. Default 0. */
  readonly callMillis?: number;
  /**
   * Functions whose calls take none of the sandbox's time: somebody outside waits for their answer, and waits in real
   * time, on a clock that stands still.
   */
  readonly answeredAtOnce?: readonly string[];
  /**
   * How long after a throttled call of a plain function its SDK tries again, in the sandbox's time; it has no other way
   * to wait on a clock that stands still. Default 0. Durable functions are tried again by their executions.
   */
  readonly backOffMillis?: number;
  /** Operations that a durable invocation's input carries at once; the SDK asks for the rest. Default 1000. */
  readonly operationsPerPage?: number;
}

const questionSchema = z.object({ functionName: z.string().optional() });

/** Lambda: functions in processes of their own, durable executions, SQS event source mappings. */
export function createLambda(options: LambdaOptions = {}): Service {
  const functions = new Functions();
  const runner = new FunctionRunner({
    limit: options.processesPerFunction ?? 4,
    callMillis: options.callMillis ?? 0,
    answeredAtOnce: options.answeredAtOnce ?? [],
    backOffMillis: options.backOffMillis ?? 0,
  });
  const asyncInvocations = new AsyncInvocations(functions, runner);
  const killSwitch = new KillSwitch();
  const onFailedEvent: OnFailedEvent = ({ world, target, payload }, error) => {
    const { ErrorType = 'Error', ErrorMessage = '' } = error;
    void world.clock.busy(
      asyncInvocations.toDeadLetterQueue(world, target, payload, world.uuid(), {
        errorType: ErrorType,
        errorMessage: ErrorMessage,
      }),
    );
  };
  const durableExecutions = new DurableExecutions(runner, killSwitch, onFailedEvent, options.operationsPerPage);
  const mappings = new EventSourceMappings({ runner, durableExecutions });
  const about = (body: unknown): string | undefined => questionSchema.parse(body ?? {}).functionName;
  return {
    signingName: 'lambda',
    protocol: 'restJson1',
    schemas,
    operations: {
      Invoke: createInvoke({ functions, runner, asyncInvocations, durableExecutions }),
      ...createFunctionOperations(functions),
      ...createDurableOperations(durableExecutions),
      ...createCallbackOperations(durableExecutions),
      ListEventSourceMappings: mappings.listOperation(),
    },
    resourcePolicy: (functionArn) => functions.policyOf(functionArn),
    provisioners: createProvisioners(functions, mappings),
    inspect: {
      logs: (body) => runner.output.lines(about(body)),
      metrics: (body) => runner.output.metrics(about(body)),
      invocations: (body) => {
        const functionName = about(body);
        return runner.invocations.filter((one) => functionName === undefined || one.functionName === functionName);
      },
      executions: () =>
        durableExecutions.all().map(({ arn, name, state, invocation }) => ({
          arn,
          name,
          status: state.status,
          operations: [...state.operations.values()],
          invoking: invocation !== undefined,
        })),
      lostEvents: () => asyncInvocations.lost,
      kill: (body) => {
        const operations = durableExecutions.all().flatMap(({ state }) => [...state.operations.values()]);
        const names = new Set(operations.flatMap(({ Name }) => Name ?? []));
        return killSwitch.arm(body, { functions: functions.names(), operations: [...names] });
      },
    },
    whenThrottled: (call) => runner.backOff(call),
    start: (world) => {
      mappings.listen(world);
      world.on(processLost, (payload) => {
        // Published under this name by the runtime only, with this type.
        runner.killCaller((payload as ProcessLost).accessKeyId);
      });
      runner.listen(world);
    },
    stop: () => {
      runner.stop();
      return Promise.resolve();
    },
  };
}
