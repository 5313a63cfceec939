import { execFile, spawnSync } from 'node:child_process';
import { BIN, type CliResult } from '../run-cli';

/**
 * Programs that run another one on a pseudo-terminal. `script` is part of util-linux, which Debian, Ubuntu, Fedora and
 * Alpine's package of that name have; BSD and macOS have their own.
 */
const RUNNERS: readonly (readonly [program: string, argsFor: (command: string) => readonly string[]])[] = [
  ['script', (command) => ['--quiet', '--return', '--command', command, '/dev/null']],
  ['python3', (command) => ['-c', PYTHON, command]],
];

const PYTHON = `
import os, pty, sys
status = pty.spawn(['/bin/sh', '-c', sys.argv[1]])
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** Whether this machine has one of them; a machine that has none says so in the test's name. */
export const runner = RUNNERS.find(([program, argsFor]) => {
  const tried = spawnSync(program, argsFor('test -t 1 && test -t 2'), { stdio: 'ignore' });
  return tried.status === 0;
});

/** Runs the command where stdout and stderr are one terminal with colours. */
export function runOnTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  if (runner === undefined) throw new Error('neither script nor python3 is here');
  const [program, argsFor] = runner;
  const command = [process.execPath, BIN, ...args].map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ');
  const environment = { ...process.env, TERM: 'xterm-256color', ...env };
  for (const name of ['NO_COLOR', 'FORCE_COLOR', 'CI']) Reflect.deleteProperty(environment, name);
  return new Promise((resolve) => {
    const child = execFile(program, argsFor(command), { env: environment }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    child.stdin?.end();
  });
}
