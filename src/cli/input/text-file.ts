import { readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { accessReasonOf } from '../access-reason';
import { InputError } from '../cli-error';

/** What people know a file argument by. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** The text of a file, or of stdin for `-`. @throws InputError naming the file */
export function readTextFile(file: string, name = nameOf(file)): string {
  const bytes = readBytes(file, name);
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new InputError(
      `${name} is too large: ${inMebibytes(bytes.length)} of at most ${inMebibytes(MAX_TEXT_BYTES)}; split it`,
    );
  }
  try {
    return decoderFor(bytes).decode(bytes);
  } catch {
    throw new InputError(`${name} is not text in UTF-8; save it as UTF-8`);
  }
}

/** V8 holds no longer string: https://nodejs.org/api/buffer.html#bufferconstantsmax_string_length */
const MAX_TEXT_BYTES = 512 * 1024 * 1024 - 24;

function inMebibytes(bytes: number): string {
  return `${String(Math.ceil(bytes / 1024 / 1024))} MiB`;
}

/** PowerShell 5 writes what is redirected to a file as UTF-16, with a byte order mark. */
export function isUtf16(bytes: Buffer): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xfe;
}

function decoderFor(bytes: Buffer): TextDecoder {
  return new TextDecoder(isUtf16(bytes) ? 'utf-16le' : 'utf-8', { fatal: true, ignoreBOM: true });
}

function readBytes(file: string, name: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    throw cannotBeRead(name, error);
  }
}

/** The one line for a file that cannot be read. */
export function cannotBeRead(name: string, error: unknown): InputError {
  return new InputError(`${name} cannot be read: ${accessReasonOf(error)}`);
}
