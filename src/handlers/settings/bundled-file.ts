import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads what was bundled beside the code of a function.
 *
 * @param directory of the function's code
 * @param name of the file, as src/core/configuration/bundled-files has it
 * @throws Error where there is none: the function must not start without
 */
export function readBundledFile(directory: string, name: string): string {
  return readFileSync(join(directory, name), 'utf8');
}
