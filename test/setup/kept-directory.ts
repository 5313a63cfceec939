import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';

const KEPT = resolve(__dirname, '..', '..', 'node_modules', '.cache', 'portcullis');

/**
 * A folder for what is derived from the sources and outlives a run of the tests, beside what Jest keeps: a temporary
 * directory is emptied by whoever owns the machine.
 */
export function keptDirectory(name: string): string {
  const directory = resolve(KEPT, name);
  mkdirSync(directory, { recursive: true });
  return directory;
}
