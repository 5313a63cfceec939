import { createHash } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/** Short enough for what was put together to be in the processor's cache when it becomes bytes. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Bytes that a character of UTF-16 takes at most in UTF-8. */
const BYTES_A_CHARACTER = 3;

export interface WrittenFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Writes a file of any length piece by piece. It is there whole or not at all. @throws what the file system says */
export function writeWhole(file: string, pieces: Iterable<string | Buffer>): WrittenFile {
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

function writePieces(file: string, pieces: Iterable<string | Buffer>): WrittenFile {
  const output = openSync(file, 'w');
  const hash = createHash('sha256');
  let bytes = 0;
  let text = '';
  let chunk = Buffer.allocUnsafe(2 * CHUNK_CHARACTERS * BYTES_A_CHARACTER);
  const put = (buffer: Buffer): void => {
    hash.update(buffer);
    for (let at = 0; at < buffer.length;) at += writeSync(output, buffer, at);
    bytes += buffer.length;
  };
  const flush = (): void => {
    if (text.length * BYTES_A_CHARACTER > chunk.length) chunk = Buffer.allocUnsafe(text.length * BYTES_A_CHARACTER);
    put(chunk.subarray(0, chunk.write(text, 'utf8')));
    text = '';
  };
  try {
    for (const piece of pieces) {
      if (typeof piece === 'string') text += piece;
      else {
        flush();
        put(piece);
      }
      if (text.length >= CHUNK_CHARACTERS) flush();
    }
    flush();
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(output);
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
