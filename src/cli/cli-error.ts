/** Ends a command with one clear line and its own exit code. Any other error ends it with 1. */
abstract class CliError extends Error {
  abstract readonly exitCode: number;
}

/** The caller gave something that cannot be used: names the field or file, the value and the fix. */
export class InputError extends CliError {
  override readonly name = 'InputError';
  readonly exitCode = 2;
}

/** Nothing failed, yet the answer is not known: something could not be read. Never reported as success. */
export class CouldNotTellError extends CliError {
  override readonly name = 'CouldNotTellError';
  readonly exitCode = 3;
}

/** 2 for bad input, 3 for "could not tell", 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : 1;
}
