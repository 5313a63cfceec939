import { AwsError } from '../runtime/aws-error';
import type { Call } from '../runtime/operation';
import type { World } from '../runtime/world';
import type { FunctionVersion } from './functions';
import { CallCounts } from './process/call-counts';
import { FunctionOutput } from './process/function-output';
import type { InvocationOutcome } from './process/function-process';
import { ProcessPool, type ProcessPoolOptions } from './process/process-pool';

/** One invocation as tests and curious people see it. */
export interface InvocationRecord {
  readonly functionName: string;
  readonly version: string;
  readonly requestId: string;
  readonly startedAt: string;
  readonly outcome: 'returned' | 'failed';
  readonly errorType?: string;
  /** Processor time of the function's process. */
  readonly cpuMillis: number;
  /** That of its initialization before, 0 when the process was warm. */
  readonly initCpuMillis: number;
  /** Calls of AWS that it made. */
  readonly calls: number;
}

/** Runs functions in processes, whatever they are invoked for. */
export class FunctionRunner {
  readonly output = new FunctionOutput();
  readonly invocations: InvocationRecord[] = [];
  readonly #pools = new Map<string, ProcessPool>();
  readonly #calls = new CallCounts();
  readonly #options: ProcessPoolOptions;

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
  }

  listen(world: World): void {
    this.#calls.listen(world);
  }

  /** Lets pass what the SDK in the caller's process waits before it tries a throttled call again. */
  async backOff({ principal }: Call): Promise<void> {
    if (principal.kind !== 'role' || this.#options.backOffMillis === 0) return;
    for (const pool of this.#pools.values()) await pool.backOff(principal.accessKeyId);
  }

  /**
   * One invocation of one version; it does not start before a process is free.
   * @throws AwsError when the function is throttled, or Lambda may not assume its role.
   */
  async run(
    world: World,
    version: FunctionVersion,
    request: { readonly payload: string; readonly requestId?: string; readonly invokedArn?: string },
  ): Promise<InvocationOutcome> {
    const { config } = version;
    const requestId = request.requestId ?? world.uuid();
    const startedAt = new Date(world.clock.now()).toISOString();
    this.#checkConcurrency(version);
    const { outcome, ...took } = await this.#pool(world, version).invoke({
      requestId,
      invokedFunctionArn: request.invokedArn ?? version.qualifiedArn,
      timeoutMillis: config.timeoutSeconds * 1000,
      payload: request.payload,
    });
    this.invocations.push({
      functionName: config.name,
      version: version.version,
      requestId,
      startedAt,
      outcome: outcome.kind,
      ...(outcome.kind === 'failed' ? { errorType: outcome.error.errorType } : {}),
      ...took,
    });
    return outcome;
  }

  /** Kills the process that works on an invocation. */
  kill(requestId: string): boolean {
    return [...this.#pools.values()].some((pool) => pool.kill(requestId));
  }

  /**
   * Kills the process that calls with these credentials. Those of a session that a function took on itself belong to no
   * process: then whatever is being invoked is lost.
   */
  killCaller(accessKeyId: string | undefined): void {
    const pools = [...this.#pools.values()];
    if (accessKeyId !== undefined && pools.some((pool) => pool.killCaller(accessKeyId))) return;
    for (const pool of pools) pool.killRunning();
  }

  stop(): void {
    for (const pool of this.#pools.values()) pool.stop();
  }

  #checkConcurrency({ config }: FunctionVersion): void {
    if (config.reservedConcurrency === undefined) return;
    const running = [...this.#pools]
      .filter(([arn]) => arn.startsWith(`${config.arn}:`))
      .reduce((sum, [, pool]) => sum + pool.running, 0);
    if (running < config.reservedConcurrency) return;
    throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
      Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  }

  #pool(world: World, version: FunctionVersion): ProcessPool {
    const known = this.#pools.get(version.qualifiedArn);
    if (known) return known;
    const pool = new ProcessPool(world, version, this.output, this.#calls, this.#options);
    this.#pools.set(version.qualifiedArn, pool);
    return pool;
  }
}
