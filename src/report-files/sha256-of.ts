import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1024 * 1024;

/** Of a file of any size, hexadecimal. @throws what the file system says */
export function sha256Of(file: string): string {
  const input = openSync(file, 'r');
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    for (let read = readSync(input, chunk); read > 0; read = readSync(input, chunk))
      hash.update(chunk.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(input);
  }
}
