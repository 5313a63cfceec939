import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { runCommandLine } from '../../src/cli/main';

export interface CliResult {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunSetting {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What of the process a run of the command has for itself. */
interface OwnProcess extends Pick<NodeJS.Process, 'env' | 'exit'> {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly on: EventEmitter['on'];
  readonly off: EventEmitter['off'];
  readonly once: EventEmitter['once'];
  readonly emit: EventEmitter['emit'];
}

const runs = new AsyncLocalStorage<OwnProcess>();
const OWN = ['env', 'exit', 'stdin', 'stdout', 'stderr', 'on', 'off', 'once', 'emit'] as const;

/** How the process is put back. */
const undo: (() => void)[] = [];
afterAll(() => {
  for (const putBack of undo.splice(0)) putBack();
});

/**
 * Runs the command in the process of the test, where its modules are loaded and optimized already. It has an
 * environment, streams, an exit code and listeners of its own, so that several may run at once; the directory is that of
 * the whole process, so that those which ask for one run one after the other.
 * Why: docs/decisions/0241-commands-run-within-their-tests.md
 */
export function runHere(args: readonly string[], { cwd, ...setting }: RunSetting): Promise<CliResult> {
  if (cwd === undefined) return run(args, setting);
  const result = lastInDirectory.then(async () => {
    const before = process.cwd();
    process.chdir(cwd);
    return run(args, setting).finally(() => {
      process.chdir(before);
    });
  });
  lastInDirectory = result.catch(() => undefined);
  return result;
}

let lastInDirectory: Promise<unknown> = Promise.resolve();

async function run(args: readonly string[], { input = '', env = {} }: RunSetting): Promise<CliResult> {
  if (undo.length === 0) undo.push(...OWN.map(giveEachRunItsOwn));
  const events = new EventEmitter();
  const stdout = new Kept();
  const stderr = new Kept();
  let endWith: (code: number) => void = () => undefined;
  const exited = new Promise<number>((resolve) => (endWith = resolve));
  const own: OwnProcess = {
    env: { ...process.env, ...env },
    exit: (code) => {
      endWith(Number(code ?? 0));
      throw new Error('The command has called process.exit');
    },
    stdin: Readable.from(input === '' ? [] : [Buffer.from(input)]),
    stdout,
    stderr,
    on: events.on.bind(events),
    off: events.off.bind(events),
    once: events.once.bind(events),
    emit: events.emit.bind(events),
  };
  const exitCode = await runs.run(own, () => Promise.race([runCommandLine(args), exited]));
  events.emit('exit');
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that is no terminal. */
class Kept extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

/** Within a run the property is the run's, elsewhere that of the process. Answers how to put it back. */
function giveEachRunItsOwn(name: (typeof OWN)[number]): () => void {
  const before = Object.getOwnPropertyDescriptor(process, name);
  // A getter is asked when somebody wants to know: that of stdin opens it.
  const value: unknown = before?.get === undefined ? Reflect.get(process, name) : undefined;
  const ofProcess = before?.get?.bind(process) ?? ((): unknown => value);
  Object.defineProperty(process, name, {
    configurable: true,
    enumerable: before?.enumerable ?? false,
    get: () => runs.getStore()?.[name] ?? (ofProcess() as unknown),
  });
  return () => {
    if (before === undefined) Reflect.deleteProperty(process, name);
    else Object.defineProperty(process, name, before);
  };
}
