import { createHash, type Hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What nobody asked for so long belongs to a state of the sources that is gone. */
const KEPT_MILLIS = 24 * 3_600_000;

/**
 * Names what is derived from sources: the same for the same content, whatever the files' times.
 *
 * @param sources files and folders below the directory
 * @param further what else the derived depends on
 */
export function contentHash(directory: string, sources: readonly string[], ...further: readonly string[]): string {
  const hash = createHash('sha256');
  for (const each of further) hash.update(each);
  for (const source of sources) add(hash, directory, source);
  return hash.digest('hex').slice(0, 16);
}

/** Removes what a directory of derived things keeps in vain. */
export function forgetOld(directory: string): void {
  for (const name of readdirSync(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
    if (mtimeMs === undefined || Date.now() - mtimeMs < KEPT_MILLIS) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function add(hash: Hash, directory: string, source: string): void {
  const path = join(directory, source);
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) add(hash, directory, join(source, name));
    return;
  }
  hash.update(source).update(readFileSync(path));
}
