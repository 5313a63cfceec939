import { CommanderError } from 'commander';
import { exitCodeOf, InputError } from './cli-error';
import { withLoginHint } from './operator/login-hint';
import { createProgram } from './program';
import { colorsFor, printable } from './terminal';

/** Runs one command line as a process. Never throws: failures become one line on stderr and the process's exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  endQuietlyOnClosedPipe(process.stdout);
  endQuietlyOnClosedPipe(process.stderr);
  process.on('uncaughtException', (error) => {
    reportFailure(error);
    process.exit(exitCodeOf(error));
  });
  process.exitCode = await runCommandLine(argv);
}

/** Runs one command line, and answers its exit code. Never throws. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(argv, { from: 'user' });
    return 0;
  } catch (error) {
    // Commander has said it already: help and version end with 0, everything else is a bad command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    reportFailure(error);
    return exitCodeOf(error);
  }
}

/**
 * `portcullis plan … | head -1` closes our stdout early: that is how it is meant, not a failure. Who has something to
 * put away first listens to SIGPIPE, which Node leaves to us.
 */
function endQuietlyOnClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (!process.emit('SIGPIPE', 'SIGPIPE')) process.exit();
  });
}

function reportFailure(error: unknown): void {
  const label = colorsFor(process.stderr).red('error:');
  const details = error instanceof InputError ? error.details : [];
  const lines = [
    `${label} ${printable(withLoginHint(messageOf(error)))}`,
    ...details.map((detail) => `  ${printable(detail)}`),
  ];
  if (process.env['PORTCULLIS_DEBUG'] && error instanceof Error) {
    lines.push(...(error.stack ?? '').split('\n').map(printable));
  }
  process.stderr.write(`${lines.join('\n')}\n`);
}

function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  return message.trim().replace(/\s*\n\s*/g, '; ');
}
