import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOcsf } from '../core/findings/ocsf/parse-ocsf-finding';
import { HashedFile, type WrittenFile } from './hashed-file';

/** The JSON of some findings as it was read. */
export interface ReadText {
  readonly text: string;
  /** What stands between two of them; undefined of one alone. */
  readonly between: string | undefined;
}

/**
 * Findings in ASFF as they were read, in a file from the beginning: they are too many for memory. Where their text is
 * known it is copied, so that numbers and order are what Security Hub wrote; text that is laid out over lines is made
 * anew, a finding a line.
 */
export class Capture {
  readonly #directory = mkdtempSync(join(tmpdir(), 'portcullis-capture-'));
  readonly #path = join(this.#directory, 'findings');
  readonly #file = new HashedFile(this.#path);
  #separator = '\n';

  constructor() {
    this.#file.add('{"Findings":[');
  }

  /** Those in OCSF are left out: they are in another format than the file's. */
  add(findings: readonly unknown[], read?: ReadText): void {
    const lines = read === undefined || findings.some(isOcsf) ? undefined : linesOf(read, findings.length);
    if (lines !== undefined) {
      this.#put(lines);
      return;
    }
    for (const finding of findings) if (!isOcsf(finding)) this.#put(JSON.stringify(finding));
  }

  /** `{"Findings":[…]}`, as `aws securityhub get-findings` prints it, a finding a line. Once. */
  moveTo(file: string): WrittenFile {
    this.#file.add('\n]}\n');
    const written = this.#file.end();
    try {
      renameSync(this.#path, file);
    } catch {
      // The system's temporary directory may be on another disk.
      const part = `${file}.part`;
      try {
        copyFileSync(this.#path, part);
        renameSync(part, file);
      } finally {
        rmSync(part, { force: true });
      }
    }
    return written;
  }

  /** Once, whatever happened. */
  remove(): void {
    this.#file.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #put(text: string): void {
    this.#file.add(this.#separator);
    this.#file.add(text);
    this.#separator = ',\n';
  }
}

/**
 * So many findings, one a line, as they were read; undefined where they are laid out over lines, or do not begin alike.
 * No text within a string can be what stands between two of them: it has quotes that nothing escapes.
 */
function linesOf({ text, between }: ReadText, findings: number): string | undefined {
  if (between === undefined) return text.includes('\n') ? undefined : text;
  const lines = text.split(between);
  const isOneALine = lines.length === findings && !lines.some((line) => line.includes('\n'));
  return isOneALine ? lines.join(`},\n${between.slice(between.indexOf('{'))}`) : undefined;
}
