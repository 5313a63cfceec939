import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

/** Short enough for what was put together to be in the processor's cache when it becomes bytes. */
const CHUNK_CHARACTERS = 64 * 1024;

/** Bytes that a character of UTF-16 takes at most in UTF-8. */
const BYTES_A_CHARACTER = 3;

export interface WrittenFile {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A file that is written in chunks; its length and its hash are known at the end without reading it again. */
export class HashedFile {
  readonly #output: number;
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #text = '';
  #chunk = Buffer.allocUnsafe(2 * CHUNK_CHARACTERS * BYTES_A_CHARACTER);

  /** @throws what the file system says, as everything here does */
  constructor(file: string) {
    this.#output = openSync(file, 'w');
  }

  add(chunk: string): void {
    this.#text += chunk;
    if (this.#text.length >= CHUNK_CHARACTERS) this.#flush();
  }

  end(): WrittenFile {
    this.#flush();
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }

  /** Once, whatever happened. */
  close(): void {
    closeSync(this.#output);
  }

  #flush(): void {
    const most = this.#text.length * BYTES_A_CHARACTER;
    if (most > this.#chunk.length) this.#chunk = Buffer.allocUnsafe(most);
    const bytes = this.#chunk.subarray(0, this.#chunk.write(this.#text, 'utf8'));
    this.#text = '';
    this.#hash.update(bytes);
    for (let at = 0; at < bytes.length;) at += writeSync(this.#output, bytes, at);
    this.#bytes += bytes.length;
  }
}
