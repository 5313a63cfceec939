/** Ends a command with one clear line and its own exit code. Any other error ends it with 1. */
abstract class CliError extends Error {
  abstract readonly exitCode: number;
}

/** The caller gave something that cannot be used: names the field or file, the value and the fix. */
export class InputError extends CliError {
  override readonly name = 'InputError';
  readonly exitCode = 2;
  /** Where there are several mistakes: a line each, under the message. */
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = []) {
    super(message);
    this.details = details;
  }
}

/** Nothing failed, yet the answer is not known: something could not be read. Never reported as success. */
export class CouldNotTellError extends CliError {
  override readonly name = 'CouldNotTellError';
  readonly exitCode = 3;
}

/**
 * All mistakes that were found in one thing: one alone is the whole message, several are counted in it and come a line
 * each.
 *
 * @param what they are in: a file, an option
 */
export function mistakesIn(what: string, mistakes: readonly string[], fix?: string): InputError {
  const [only, another] = mistakes;
  const behind = fix === undefined ? '' : `; ${fix}`;
  if (only !== undefined && another === undefined) return new InputError(`${what}: ${only}${behind}`);
  return new InputError(`${what} has ${String(mistakes.length)} mistakes${behind}`, mistakes);
}

/** 2 for bad input, 3 for "could not tell", 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof CliError ? error.exitCode : 1;
}
