import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { InputError } from '../cli-error';
import { cannotBeRead, isUtf16 } from './text-file';

/** A text as long as a chunk is still among V8's young objects; longer ones are fetched from the system one by one. */
const CHUNK_BYTES = 120 * 1024;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * A file, or stdin for `-`, in chunks of UTF-8, whatever PowerShell 5 wrote of it.
 *
 * @param name what to call it in errors
 * @throws InputError where it cannot be read, or is no text
 */
export async function* readChunks(file: string, name: string): AsyncGenerator<Buffer> {
  const stream: Readable = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES });
  let decoder: TextDecoder | undefined;
  let isFirst = true;
  /** Of a character that the next chunk ends. */
  let begun: Buffer = Buffer.alloc(0);
  for await (const chunk of orCannotBeRead(stream, name)) {
    let bytes = chunk;
    if (isFirst && isUtf16(bytes)) decoder = new TextDecoder('utf-16le');
    if (decoder !== undefined) bytes = Buffer.from(decoder.decode(bytes, { stream: true }));
    else if (isFirst && bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3);
    isFirst = false;
    const whole = begun.length === 0 ? bytes : Buffer.concat([begun, bytes]);
    const end = endOfCharacters(whole);
    begun = whole.subarray(end);
    yield checked(whole.subarray(0, end), name);
  }
  if (begun.length > 0) yield checked(begun, name);
}

async function* orCannotBeRead(stream: Readable, name: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of stream) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
  } catch (error) {
    throw cannotBeRead(name, error);
  }
}

/**
 * Behind the last character that is there whole. A character has at most four bytes, and only the first begins with 11.
 */
function endOfCharacters(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

function checked(bytes: Buffer, name: string): Buffer {
  if (isUtf8(bytes)) return bytes;
  throw new InputError(`${name} is not text in UTF-8; save it as UTF-8`);
}
