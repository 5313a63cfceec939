import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../cli-error';
import { onExit } from '../signals';

export interface TemporaryDirectory {
  readonly path: string;
  remove(): void;
}

/**
 * A directory that does not outlive the process, whichever way that ends short of SIGKILL.
 * @throws InputError where none can be made
 */
export function makeTemporaryDirectory(prefix: string): TemporaryDirectory {
  const path = make(prefix);
  const removeNow = (): void => {
    // Retried: a process that was killed a moment ago may still be writing its last file.
    rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  };
  const forget = onExit(removeNow);
  return {
    path,
    remove: () => {
      forget();
      removeNow();
    },
  };
}

function make(prefix: string): string {
  try {
    return mkdtempSync(join(tmpdir(), prefix));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`no temporary directory can be made: ${reason}; TMPDIR names another place`);
  }
}
