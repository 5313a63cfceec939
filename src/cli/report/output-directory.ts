import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from '../cli-error';

/** For those who have long work to do before they write. @throws InputError */
export function checkDirectory(directory: string): void {
  try {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

/** Makes the directory and has it written. @throws InputError with what the file system says */
export async function refusing<Written>(directory: string, write: () => Promise<Written>): Promise<Written> {
  try {
    makeDirectory(directory);
    return await write();
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

function cannotWrite(directory: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(`cannot write to ${directory}: ${reason}; --out names another directory`);
}

/** Step by step: Node's own recursion never ends where a parent says that it has no children, as under /proc. */
function makeDirectory(directory: string): void {
  const parent = dirname(directory);
  if (parent !== directory && !existsSync(parent)) makeDirectory(parent);
  // A file of that name is reported by mkdir.
  if (!existsSync(directory) || !statSync(directory).isDirectory()) mkdirSync(directory);
}
