import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CHUNK_BYTES = 1024 * 1024;

/** Findings as they were read, kept in a file until the report is there: they are too many for memory. */
export class Capture {
  readonly #directory = mkdtempSync(join(tmpdir(), 'portcullis-capture-'));
  readonly #file = openSync(join(this.#directory, 'findings'), 'w+');
  #text = '';
  #isEmpty = true;

  add(finding: unknown): void {
    this.#text += `${this.#isEmpty ? '\n' : ',\n'}${JSON.stringify(finding)}`;
    this.#isEmpty = false;
    if (this.#text.length > CHUNK_BYTES) this.#flush();
  }

  /** `{"Findings":[…]}`, as `aws securityhub get-findings` prints it, a finding a line. */
  *pieces(): Generator<string | Buffer> {
    this.#flush();
    yield '{"Findings":[';
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (let at = 0; ;) {
      const read = readSync(this.#file, chunk, 0, CHUNK_BYTES, at);
      if (read === 0) break;
      at += read;
      yield Buffer.from(chunk.subarray(0, read));
    }
    yield '\n]}\n';
  }

  /** Once, whatever happened. */
  remove(): void {
    closeSync(this.#file);
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#text, 'utf8');
    for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
    this.#text = '';
  }
}
