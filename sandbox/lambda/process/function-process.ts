import { spawn, type ChildProcess } from 'node:child_process';
import { basename, join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Readable } from 'node:stream';

import { z } from 'zod';

import type { Clock } from '../../runtime/clock';
import { spareProcesses, type StartedWith } from './spare-processes';

/** As Lambda answers it for a function that failed. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[] | undefined;
}

export type InvocationOutcome =
  { readonly kind: 'returned'; readonly payload: string } | { readonly kind: 'failed'; readonly error: FunctionError };

export interface InvocationRequest {
  readonly requestId: string;
  readonly invokedFunctionArn: string;
  readonly timeoutMillis: number;
  /** JSON. */
  readonly payload: string;
}

export interface ProcessOptions {
  readonly environment: Readonly<Record<string, string>>;
  readonly codeDirectory: string;
  /** The sandbox's time, by which the function goes. */
  readonly clock: Pick<Clock, 'now' | 'paceUnderWay'>;
  readonly onLine: (stream: 'stdout' | 'stderr', line: string, requestId: string | undefined) => void;
  /** By whose time an invocation times out. Default: the machine's. */
  readonly schedule?: Schedule;
}

/** Runs something so many milliseconds from now; answers how to call it off. */
export type Schedule = (millis: number, run: () => void) => () => void;

const byTheMachine: Schedule = (millis, run) => {
  const timer = setTimeout(run, millis);
  return () => {
    clearTimeout(timer);
  };
};

/** Lambda allows 10 s; a loaded machine that starts several processes at once may need more. */
const INIT_TIMEOUT_MILLIS = 60_000;

const errorSchema = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  trace: z.array(z.string()).optional(),
});
const messageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), cpuMillis: z.number(), isReusable: z.boolean() }),
  z.object({ type: z.literal('init-failed'), error: errorSchema }),
  z.object({ type: z.literal('returned'), requestId: z.string(), payload: z.string(), cpuMillis: z.number() }),
  z.object({ type: z.literal('failed'), requestId: z.string(), error: errorSchema, cpuMillis: z.number() }),
]);

interface Pending {
  readonly requestId: string;
  readonly finish: (outcome: InvocationOutcome) => void;
  outcome?: InvocationOutcome;
  /** Streams whose last line of this invocation has not been read yet. */
  readonly unread: Set<'stdout' | 'stderr'>;
}

/** A function's execution environment: one child process that answers one invocation at a time. */
export class FunctionProcess {
  readonly #child: ChildProcess;
  readonly #options: ProcessOptions;
  readonly #startedWith: StartedWith;
  readonly #stopListening: () => void;
  #isReusable = false;
  #ready: ((error: FunctionError | undefined) => void) | undefined;
  #pending: Pending | undefined;
  #exited = false;
  /** Processor time of the initialization or invocation that ended last. */
  #cpuMillis = 0;

  constructor(options: ProcessOptions) {
    this.#options = options;
    this.#startedWith = startOf(options.environment);
    this.#child =
      spareProcesses.take(this.#startedWith, this.#code) ??
      spawn(process.execPath, [join(__dirname, 'bootstrap.cjs')], {
        env: { ...this.#startedWith },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
    this.#stopListening = this.#listen();
  }

  #listen(): () => void {
    const child = this.#child;
    const onMessage = (message: unknown): void => {
      this.#onMessage(messageSchema.parse(message));
    };
    const onError = (): void => {
      this.#onExit('could not be started');
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null): void => {
      this.#onExit(code === null ? `signal: ${signal ?? 'unknown'}` : `exit status ${code}`);
    };
    child.on('message', onMessage).on('error', onError).on('exit', onExit);
    const lines = [this.#read('stdout', child.stdout), this.#read('stderr', child.stderr)];
    return () => {
      child.off('message', onMessage).off('error', onError).off('exit', onExit);
      for (const each of lines) each?.close();
    };
  }

  get cpuMillis(): number {
    return this.#cpuMillis;
  }

  get alive(): boolean {
    return !this.#exited;
  }

  /** Loads the handler. @returns why that failed, if it did; the process is then gone. */
  async init(): Promise<FunctionError | undefined> {
    const error = await within(
      byTheMachine,
      INIT_TIMEOUT_MILLIS,
      new Promise<FunctionError | undefined>((resolve) => {
        this.#ready = resolve;
        const { environment } = this.#options;
        this.#send({ type: 'init', environment });
      }),
      { errorType: 'Sandbox.Timedout', errorMessage: `Init timed out after ${INIT_TIMEOUT_MILLIS / 1000} seconds` },
    );
    if (error) this.kill();
    return error;
  }

  async invoke(request: InvocationRequest): Promise<InvocationOutcome> {
    const seconds = (request.timeoutMillis / 1000).toFixed(2);
    const timedOut: InvocationOutcome = {
      kind: 'failed',
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: `RequestId: ${request.requestId} Error: Task timed out after ${seconds} seconds`,
      },
    };
    const outcome = await within(
      this.#options.schedule ?? byTheMachine,
      request.timeoutMillis,
      new Promise<InvocationOutcome>((resolve) => {
        this.#pending = { requestId: request.requestId, finish: resolve, unread: new Set(['stdout', 'stderr']) };
        this.#send({ type: 'invoke', ...request });
      }),
      timedOut,
    );
    this.#pending = undefined;
    if (outcome === timedOut) this.kill();
    return outcome;
  }

  kill(): void {
    this.#exited = true;
    this.#child.kill('SIGKILL');
    this.#onExit('signal: killed');
  }

  /** Ends the process of a function that is invoked no more, or leaves it to the next one. */
  retire(): void {
    if (this.#exited || this.#pending || !this.#isReusable) {
      this.kill();
      return;
    }
    this.#exited = true;
    this.#stopListening();
    spareProcesses.put(this.#child, this.#startedWith, this.#code);
  }

  /** An asset's folder is named for its content. */
  get #code(): string {
    return basename(this.#options.codeDirectory);
  }

  #send(message: object): void {
    if (this.#exited || !this.#child.connected) return;
    const { clock } = this.#options;
    this.#child.send({ ...message, time: { nowMillis: clock.now(), pace: clock.paceUnderWay } }, () => undefined);
  }

  #onMessage(message: z.output<typeof messageSchema>): void {
    switch (message.type) {
      case 'ready':
        this.#cpuMillis = message.cpuMillis;
        this.#isReusable = message.isReusable;
        this.#ready?.(undefined);
        return;
      case 'init-failed':
        this.#ready?.(message.error);
        return;
      case 'returned':
        this.#cpuMillis = message.cpuMillis;
        this.#answered(message.requestId, { kind: 'returned', payload: message.payload });
        return;
      case 'failed':
        this.#cpuMillis = message.cpuMillis;
        this.#answered(message.requestId, { kind: 'failed', error: message.error });
        return;
    }
  }

  #answered(requestId: string, outcome: InvocationOutcome): void {
    if (this.#pending?.requestId !== requestId) return;
    this.#pending.outcome = outcome;
    this.#finishWhenRead();
  }

  #finishWhenRead(): void {
    const pending = this.#pending;
    if (pending?.outcome && pending.unread.size === 0) pending.finish(pending.outcome);
  }

  #onExit(how: string): void {
    this.#exited = true;
    const error = (requestId: string): FunctionError => ({
      errorType: 'Runtime.ExitError',
      errorMessage: `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
    });
    this.#ready?.(error('init'));
    const pending = this.#pending;
    pending?.finish(pending.outcome ?? { kind: 'failed', error: error(pending.requestId) });
  }

  #read(stream: 'stdout' | 'stderr', from: Readable | null): Interface | undefined {
    if (!from) return undefined;
    let begun = false;
    return createInterface({ input: from }).on('line', (line) => {
      // What came before is somebody else's.
      if (!begun) begun = line === '\0init';
      else if (line.startsWith('\0end ')) {
        this.#pending?.unread.delete(stream);
        this.#finishWhenRead();
      } else this.#options.onLine(stream, line, this.#pending?.requestId);
    });
  }
}

/** What Node itself reads when it starts; the rest of its environment is passed to a process that runs. */
function startOf({ PATH, TZ, NODE_OPTIONS, NODE_COMPILE_CACHE }: ProcessOptions['environment']): StartedWith {
  return Object.fromEntries(
    Object.entries({ PATH, TZ, NODE_OPTIONS, NODE_COMPILE_CACHE }).filter(([, value]) => value !== undefined),
  );
}

async function within<Value>(
  schedule: Schedule,
  millis: number,
  work: Promise<Value>,
  otherwise: Value,
): Promise<Value> {
  let callOff: () => void = () => undefined;
  const timeout = new Promise<Value>((resolve) => {
    callOff = schedule(millis, () => {
      resolve(otherwise);
    });
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    callOff();
  }
}
