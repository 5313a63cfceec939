import { renameSync, rmSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { HashedFile, type WrittenFile } from './hashed-file';

/** So long nothing else has its turn: a signal is heard after it. */
const TURN_MILLIS = 50;

/**
 * Writes a file of any length in chunks, and lets others have their turn between chunks. It is there whole or not
 * at all.
 *
 * @throws what the file system says
 */
export async function writeWhole(file: string, chunks: Iterable<string>): Promise<WrittenFile> {
  const part = `${file}.part`;
  try {
    const written = await writeChunks(part, chunks);
    renameSync(part, file);
    return written;
  } catch (error) {
    removeQuietly(part);
    throw error;
  }
}

async function writeChunks(file: string, chunks: Iterable<string>): Promise<WrittenFile> {
  const output = new HashedFile(file);
  try {
    await turn();
    let since = performance.now();
    for (const chunk of chunks) {
      output.add(chunk);
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
