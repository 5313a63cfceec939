import * as z from 'zod';
import type { PortcullisSandbox } from '../../src/cli/sandbox/deploy-portcullis';
import { callMade, type CallMade } from '../../sandbox/runtime/operation';
import type { DynamoUnits } from './metered-services';
import { billedMillis, type Operations } from './price-of';

/** What a call of AWS is taken to last in a function; the sandbox's own time says nothing about AWS's. */
const CALL_MILLIS = 50;
const MEMORY_MEGABYTES = 512;
/** Lambda's own lines of an invocation: START, END and REPORT. */
const PLATFORM_LOG_BYTES = 350;

export interface Counted extends Operations {
  readonly automationRuns: number;
  /** By service and operation, without those that the sandbox's own bookkeeping makes. */
  readonly calls: ReadonlyMap<string, number>;
  readonly lambdaCpuMillis: number;
  readonly lambdaBilledMillis: number;
}

const invocationsSchema = z.array(
  z.object({ functionName: z.string(), cpuMillis: z.number(), initCpuMillis: z.number(), calls: z.number() }),
);
const executionsSchema = z.array(
  z.object({
    operations: z.array(z.object({ StepDetails: z.object({ Attempt: z.number().optional() }).optional() })),
  }),
);
const runsSchema = z.array(z.object({ StepExecutions: z.array(z.object({ StepStatus: z.string() })) }));
const logsSchema = z.array(z.object({ line: z.string() }));

/** Counts what the sandbox sees while something is done in it. */
export class OperationCounter {
  readonly #sandbox: PortcullisSandbox;
  readonly #units: DynamoUnits;
  #made: CallMade[] = [];

  constructor(sandbox: PortcullisSandbox, units: DynamoUnits) {
    this.#sandbox = sandbox;
    this.#units = units;
    // Published under this name by the runtime only, with this type.
    sandbox.world.on(callMade, (payload) => this.#made.push(payload as CallMade));
  }

  /** @param act all that happens until it resolves counts, save calls of account administrators: these are ours. */
  async count(act: () => Promise<void>): Promise<Counted> {
    const before = this.#state();
    const cold = this.#initMillisByFunction();
    this.#made = [];
    await act();
    const after = this.#state();

    const made = this.#made.filter(isOfPortcullis);
    const calls = new Map<string, number>();
    for (const { service, operation } of made) {
      const name = `${service}:${operation}`;
      calls.set(name, (calls.get(name) ?? 0) + 1);
    }
    const invocations = after.invocations.slice(before.invocations.length);
    const functions = new Set(invocations.map(({ functionName }) => functionName));
    // As if nothing had happened for a while before: every function starts cold once.
    const initMillis = [...functions].reduce((sum, name) => sum + (cold.get(name) ?? 0), 0);
    const settings = { memoryMegabytes: MEMORY_MEGABYTES, callMillis: CALL_MILLIS };
    const billed = invocations.reduce((sum, invocation) => sum + billedMillis(invocation, settings), 0);
    const lambdaBilledMillis = billed + billedMillis({ cpuMillis: initMillis, calls: 0 }, settings);
    const runs = after.runs.slice(before.runs.length);
    return {
      automationRuns: runs.length,
      automationSteps: runs.reduce((sum, steps) => sum + steps, 0),
      lambdaInvocations: invocations.length,
      lambdaCpuMillis: initMillis + invocations.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0),
      lambdaBilledMillis,
      lambdaGigabyteSeconds: (lambdaBilledMillis / 1000) * (MEMORY_MEGABYTES / 1024),
      durableOperations: after.durableOperations - before.durableOperations,
      durableBytesWritten: made.filter(isDurableWrite).reduce((sum, { input }) => sum + bytesOf(input), 0),
      dynamoWriteUnits: after.units.write - before.units.write,
      dynamoReadUnits: after.units.read - before.units.read,
      sqsRequests: made.filter(({ service, operation }) => service === 'sqs' && operation !== 'GetQueueAttributes')
        .length,
      customEvents: made.filter(({ service, operation }) => service === 'events' && operation === 'PutEvents').length,
      logBytes: after.logBytes - before.logBytes + invocations.length * PLATFORM_LOG_BYTES,
      calls,
    };
  }

  #state() {
    const executions = executionsSchema.parse(this.#inspect('lambda', 'executions'));
    const operations = executions.flatMap((execution) => execution.operations);
    const logs = logsSchema.parse(this.#inspect('lambda', 'logs'));
    return {
      invocations: invocationsSchema.parse(this.#inspect('lambda', 'invocations')),
      durableOperations: operations.reduce((sum, { StepDetails }) => sum + Math.max(1, StepDetails?.Attempt ?? 1), 0),
      runs: runsSchema
        .parse(this.#inspect('ssm', 'executions'))
        .map(({ StepExecutions }) => StepExecutions.filter(({ StepStatus }) => StepStatus !== 'Pending').length),
      logBytes: logs.reduce((sum, { line }) => sum + Buffer.byteLength(line) + 1, 0),
      units: { ...this.#units },
    };
  }

  #initMillisByFunction(): ReadonlyMap<string, number> {
    const invocations = invocationsSchema.parse(this.#inspect('lambda', 'invocations'));
    const cold = invocations.filter(({ initCpuMillis }) => initCpuMillis > 0);
    return new Map(cold.map(({ functionName, initCpuMillis }) => [functionName, initCpuMillis]));
  }

  #inspect(service: string, question: string): unknown {
    return this.#sandbox.world.service(service).inspect?.[question]?.({});
  }
}

/** Logs are counted by their size; the poller's look at the queue is the sandbox's own. */
function isOfPortcullis({ service, operation, call }: CallMade): boolean {
  return call.principal.kind !== 'account' && service !== 'logs' && operation !== 'GetQueueAttributes';
}

function isDurableWrite({ service, operation }: CallMade): boolean {
  return service === 'lambda' && (operation === 'CheckpointDurableExecution' || operation === 'Invoke');
}

function bytesOf(input: object): number {
  return Buffer.byteLength(JSON.stringify(input));
}
