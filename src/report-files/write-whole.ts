import { renameSync, rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { HashedFile, type WrittenFile } from './hashed-file';

/** So long nothing else has its turn: a signal is heard after it. */
const TURN_MILLIS = 50;

/**
 * Writes a file of any length piece by piece, and lets others have their turn between pieces. It is there whole or not
 * at all.
 *
 * @throws what the file system says
 */
export async function writeWhole(file: string, pieces: Iterable<string>): Promise<WrittenFile> {
  const part = `${file}.part`;
  try {
    const written = await writePieces(part, pieces);
    renameSync(part, file);
    return written;
  } catch (error) {
    removeQuietly(part);
    throw error;
  }
}

async function writePieces(file: string, pieces: Iterable<string>): Promise<WrittenFile> {
  const output = new HashedFile(file);
  try {
    await turn();
    let since = performance.now();
    for (const piece of pieces) {
      output.add(piece);
      if (performance.now() - since < TURN_MILLIS) continue;
      await turn();
      since = performance.now();
    }
    return output.end();
  } finally {
    output.close();
  }
}

/** Why it could not be written says more than why it cannot be removed. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never there.
  }
}
