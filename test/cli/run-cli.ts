import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { bundledCli } from './bundled-cli';
import { runHere, type CliResult, type RunSetting } from './run-here';

export type { CliResult };

export const BIN = join(__dirname, '..', '..', 'bin', 'portcullis.cjs');

interface Setting extends RunSetting {
  /** Options of Node's own. */
  readonly nodeArgs?: readonly string[];
  readonly closeStdout?: boolean;
}

/**
 * Runs a command: within this process, as {@link runHere} says, or by one of its own where a test is about the process:
 * Node's options, a closed pipe. What is about how the command starts, or starts processes from files beside its own,
 * asks for {@link runInstalledCli}.
 */
export function runCli(args: readonly string[], setting: Setting = {}): Promise<CliResult> {
  return isAboutProcess(setting) ? runCliAsProcess(args, setting) : runHere(args, setting);
}

/** Runs a command by a process of its own, from one file into which commands are bundled for the tests. */
export async function runCliAsProcess(args: readonly string[], setting: Setting = {}): Promise<CliResult> {
  return run(await bundledCli(), args, setting);
}

function isAboutProcess({ env, nodeArgs, closeStdout }: Setting): boolean {
  return env?.['NODE_OPTIONS'] !== undefined || nodeArgs !== undefined || closeStdout === true;
}

/** Runs `bin/portcullis.cjs`, as it lies in a checkout. */
export function runInstalledCli(args: readonly string[], setting: Setting = {}): Promise<CliResult> {
  return run([BIN], args, setting);
}

function run(
  scripts: readonly string[],
  args: readonly string[],
  { input = '', env = {}, nodeArgs = [], closeStdout = false, cwd = process.cwd() }: Setting,
): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...nodeArgs, ...scripts, ...args], { env: { ...process.env, ...env }, cwd });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    if (closeStdout) child.stdout.destroy();
    // A command that ends without reading its input breaks the pipe; that is its right.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
