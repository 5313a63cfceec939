import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { BIN, type CliResult } from './run-cli';

export interface RunningCli {
  /** Resolves as soon as stdout or stderr holds the text; rejects when the command ends before. */
  says(text: string): Promise<void>;
  readonly stdout: () => string;
  /** Sends a signal and waits for the end. */
  end(signal: NodeJS.Signals): Promise<CliResult>;
}

const running = new Set<ChildProcess>();
// Where a test fails before it ends its command, nothing waits for ever.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a command that runs until it is told to end. */
export function startCli(
  args: readonly string[],
  { env = {}, cwd = process.cwd() }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): RunningCli {
  const child = spawn(process.execPath, [BIN, ...args], { env: { ...process.env, ...env }, cwd });
  running.add(child);
  child.on('close', () => running.delete(child));
  let stdout = '';
  let stderr = '';
  let look = (): void => undefined;
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
    look();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    look();
  });
  const closed = once(child, 'close').then(() => ({ exitCode: child.exitCode, stdout, stderr }));
  return {
    stdout: () => stdout,
    says: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          if (stdout.includes(text) || stderr.includes(text)) resolve();
        };
        look();
        void closed.then(() => {
          reject(new Error(`ended without saying "${text}": ${stderr}`));
        });
      }),
    end: (signal) => {
      child.kill(signal);
      return closed;
    },
  };
}
