import { renameSync, rmSync } from 'node:fs';
import { HashedFile, type WrittenFile } from './hashed-file';

/** Writes a file of any length piece by piece. It is there whole or not at all. @throws what the file system says */
export function writeWhole(file: string, pieces: Iterable<string>): WrittenFile {
  const part = `${file}.part`;
  try {
    const written = writePieces(part, pieces);
    renameSync(part, file);
    return written;
  } catch (error) {
    removeQuietly(part);
    throw error;
  }
}

function writePieces(file: string, pieces: Iterable<string>): WrittenFile {
  const output = new HashedFile(file);
  try {
    for (const piece of pieces) output.add(piece);
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
