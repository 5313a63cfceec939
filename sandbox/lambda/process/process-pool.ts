import { devNull } from 'node:os';
import { join } from 'node:path';

import { AwsError } from '../../runtime/aws-error';
import type { Principal } from '../../runtime/operation';
import { sleep } from '../../runtime/sleep';
import type { World } from '../../runtime/world';
import type { FunctionVersion } from '../functions';
import { BackOff } from './back-off';
import type { CallCounts } from './call-counts';
import type { FunctionOutput } from './function-output';
import { FunctionProcess, type InvocationOutcome, type InvocationRequest } from './function-process';

/** Processes are not given work that their role session might not outlive: Lambda's longest time-out. */
const SESSION_RESERVE_MILLIS = 900_000;

const STOPPED: Invoked = {
  outcome: { kind: 'failed', error: { errorType: 'Sandbox.Stopped', errorMessage: 'Stopped' } },
  cpuMillis: 0,
  initCpuMillis: 0,
  calls: 0,
};

/** An invocation that has ended, and what it took. */
export interface Invoked {
  readonly outcome: InvocationOutcome;
  /** Processor time of the function's process. */
  readonly cpuMillis: number;
  /** That of its initialization before, 0 when the process was warm. */
  readonly initCpuMillis: number;
  /** Calls of AWS. */
  readonly calls: number;
}

export interface ProcessPoolOptions {
  /** Processes at once. */
  readonly limit: number;
  /** What every call of AWS takes of the sandbox's time. */
  readonly callMillis: number;
  /** Names of functions for which they take none. */
  readonly answeredAtOnce: readonly string[];
  /**
   * The longest pause between a throttled call of a plain function and the next attempt of its SDK, in the sandbox's
   * time; it grows with each of the invocation.
   */
  readonly backOffMillis: number;
}

interface Member {
  readonly accessKeyId: string;
  readonly process: FunctionProcess;
  readonly expiresAtMillis: number;
}

/** The processes of one version of a function: started on demand, kept warm, at most so many at once. */
export class ProcessPool {
  readonly #world: World;
  readonly #version: FunctionVersion;
  readonly #output: FunctionOutput;
  readonly #calls: CallCounts;
  readonly #options: ProcessPoolOptions;
  readonly #idle: Member[] = [];
  readonly #running = new Map<string, Member>();
  readonly #backOff: BackOff<Member>;
  readonly #waiting: (() => void)[] = [];
  #count = 0;
  /** Invocations whose process is free again, while the time of their calls still passes. */
  #passing = 0;
  #stopped = false;

  constructor(
    world: World,
    version: FunctionVersion,
    output: FunctionOutput,
    calls: CallCounts,
    options: ProcessPoolOptions,
  ) {
    this.#world = world;
    this.#version = version;
    this.#output = output;
    this.#calls = calls;
    this.#options = options;
    this.#backOff = new BackOff(world.clock, options.backOffMillis);
  }

  /** Invocations that have not come to their end. */
  get running(): number {
    return this.#count - this.#idle.length + this.#passing;
  }

  /**
   * Runs the function once, waiting for a process if all are taken. Within work that the clock counts as busy. Calls
   * are answered at once; what they would have taken passes afterwards, so that few processes do for many invocations.
   * @throws AwsError when Lambda may not assume the function's role.
   */
  async invoke(request: InvocationRequest): Promise<Invoked> {
    const { clock } = this.#world;
    const invoked = await clock.busy(this.#invoke(request));
    const { callMillis, answeredAtOnce } = this.#options;
    const millis = answeredAtOnce.includes(this.#version.config.name) ? 0 : invoked.calls * callMillis;
    if (millis === 0 || this.#stopped) return invoked;
    this.#passing += 1;
    await sleep(clock, millis);
    this.#passing -= 1;
    return invoked;
  }

  /** Lets pass what the SDK in the caller's process waits before its next attempt. */
  async backOff(accessKeyId: string): Promise<void> {
    const caller = [...this.#running.values()].find((member) => member.accessKeyId === accessKeyId);
    if (!caller || !this.#passesPauses()) return;
    await this.#backOff.wait(caller);
  }

  /** A durable function waits without a process, in the sandbox's time anyway. */
  #passesPauses(): boolean {
    return this.#options.backOffMillis > 0 && !this.#version.config.durable;
  }

  /** Kills the process of an invocation in the middle of its work. */
  kill(requestId: string): boolean {
    const running = this.#running.get(requestId);
    running?.process.kill();
    return running !== undefined;
  }

  /** Kills the process that calls with these credentials. */
  killCaller(accessKeyId: string): boolean {
    const running = [...this.#running.values()].find((member) => member.accessKeyId === accessKeyId);
    running?.process.kill();
    return running !== undefined;
  }

  /** Kills the processes of all invocations. */
  killRunning(): void {
    for (const { process } of this.#running.values()) process.kill();
  }

  stop(): void {
    this.#stopped = true;
    for (const { process } of this.#idle) process.retire();
    this.killRunning();
  }

  async #invoke(request: InvocationRequest): Promise<Invoked> {
    if (this.#stopped) return STOPPED;
    const idle = this.#takeIdle();
    if (!idle && this.#count >= this.#options.limit) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      return this.#invoke(request);
    }
    if (!idle) this.#count++;
    let member: Member | undefined;
    try {
      member = idle ?? (await this.#startProcess());
      if (this.#isStopped()) return STOPPED;
      this.#running.set(request.requestId, member);
      const initError = idle ? undefined : await member.process.init();
      const initCpuMillis = idle ? 0 : member.process.cpuMillis;
      const earlier = this.#calls.of(member.accessKeyId);
      const outcome: InvocationOutcome = initError
        ? { kind: 'failed', error: initError }
        : await member.process.invoke(request);
      const cpuMillis = initError ? 0 : member.process.cpuMillis;
      return { outcome, cpuMillis, initCpuMillis, calls: this.#calls.of(member.accessKeyId) - earlier };
    } finally {
      this.#release(request.requestId, member);
    }
  }

  /** Asked again after each wait. */
  #isStopped(): boolean {
    return this.#stopped;
  }

  #release(requestId: string, member: Member | undefined): void {
    this.#running.delete(requestId);
    if (member) this.#backOff.forget(member);
    if (this.#stopped) member?.process.kill();
    if (member?.process.alive) this.#idle.push(member);
    else this.#count--;
    this.#waiting.shift()?.();
  }

  #takeIdle(): Member | undefined {
    for (let member = this.#idle.pop(); member; member = this.#idle.pop()) {
      const isFresh = member.expiresAtMillis - SESSION_RESERVE_MILLIS > this.#world.clock.now();
      if (isFresh && member.process.alive) return member;
      member.process.retire();
      this.#count--;
    }
    return undefined;
  }

  async #startProcess(): Promise<Member> {
    const { config, version } = this.#version;
    const { clock, identity } = this.#world;
    const { credentials, principal } = identity.assumeAsService({
      service: 'lambda.amazonaws.com',
      roleArn: config.roleArn,
      sessionName: config.name,
      sourceAccount: config.account,
      sourceArn: config.arn,
    });
    const logStreamName = `[${version}]${this.#world.id('', 32)}`;
    const keepsLogs = await this.#mayLog(principal, logStreamName);
    const process = new FunctionProcess({
      codeDirectory: config.codeDirectory,
      environment: { ...config.environment, ...this.#reservedVariables(logStreamName), ...toVariables(credentials) },
      clock,
      onLine: (stream, line, requestId) => {
        if (!keepsLogs) return;
        const { account, region, name: functionName } = config;
        const at = new Date(clock.now()).toISOString();
        this.#output.add({ account, region, functionName, version, requestId, at, stream, line });
      },
      // Where pauses pass in the sandbox's time, a function that spends its time on them times out in it too.
      ...(this.#passesPauses()
        ? { schedule: (millis, run) => clock.schedule(clock.now() + millis, run, { background: true }) }
        : {}),
    });
    return { accessKeyId: credentials.accessKeyId, process, expiresAtMillis: credentials.expiration.getTime() };
  }

  /**
   * Lambda writes logs with the function's role. Without the permissions they are lost, and with them the metrics in
   * them; the function runs all the same. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html
   */
  async #mayLog(principal: Principal, logStreamName: string): Promise<boolean> {
    const { account, region, logGroupName } = this.#version.config;
    const call = { principal, account, region };
    try {
      for (const operation of ['CreateLogStream', 'PutLogEvents']) {
        await this.#world.call('logs', operation, { logGroupName, logStreamName }, call);
      }
      return true;
    } catch (error) {
      if (error instanceof AwsError) return false;
      throw error;
    }
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
  #reservedVariables(logStreamName: string): Readonly<Record<string, string>> {
    const { config, version } = this.#version;
    const compileCache = process.env['NODE_COMPILE_CACHE'];
    return {
      PATH: process.env['PATH'] ?? '',
      TZ: ':UTC',
      _HANDLER: config.handler,
      LAMBDA_TASK_ROOT: config.codeDirectory,
      AWS_REGION: config.region,
      AWS_DEFAULT_REGION: config.region,
      AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_FUNCTION_NAME: config.name,
      AWS_LAMBDA_FUNCTION_VERSION: version,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMegabytes),
      AWS_LAMBDA_LOG_GROUP_NAME: config.logGroupName,
      AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
      AWS_ENDPOINT_URL: this.#world.endpoint,
      // The SDK must not read the configuration of whoever runs the sandbox.
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      ...switchesOfTheSdk(),
      ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }),
      ...(this.#passesPauses() ? { NODE_OPTIONS: `--require ${join(__dirname, 'no-pauses.cjs')}` } : {}),
    };
  }
}

/** The runtime is what the template says; what the SDK hears of the Node in its place is the sandbox's own. */
function switchesOfTheSdk(): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('AWS_SDK_JS_')));
}

function toVariables(credentials: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}): Readonly<Record<string, string>> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}
