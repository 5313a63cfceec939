import { AwsError } from '../kernel/aws-error';
import type { World } from '../kernel/world';
import type { FunctionVersion } from './functions';
import { FunctionOutput } from './process/function-output';
import type { InvocationOutcome } from './process/function-process';
import { ProcessPool } from './process/process-pool';

/** One invocation as tests and curious people see it. */
export interface InvocationRecord {
  readonly functionName: string;
  readonly version: string;
  readonly requestId: string;
  readonly startedAt: string;
  readonly outcome: 'returned' | 'failed';
  readonly errorType?: string;
}

/** Runs functions in processes, whatever they are invoked for. */
export class FunctionRunner {
  readonly output = new FunctionOutput();
  readonly invocations: InvocationRecord[] = [];
  readonly #pools = new Map<string, ProcessPool>();
  readonly #processesPerFunction: number;

  constructor(processesPerFunction: number) {
    this.#processesPerFunction = processesPerFunction;
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
    const outcome = await this.#pool(world, version).invoke({
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
    });
    return outcome;
  }

  /** Kills the process that works on an invocation. */
  kill(requestId: string): boolean {
    return [...this.#pools.values()].some((pool) => pool.kill(requestId));
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
    const pool = new ProcessPool(world, version, this.output, this.#processesPerFunction);
    this.#pools.set(version.qualifiedArn, pool);
    return pool;
  }
}
