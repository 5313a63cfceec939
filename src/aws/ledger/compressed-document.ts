import { gunzipSync, gzipSync } from 'node:zlib';
import { failure, success, type Result } from '../../core/result';
import type { PortFailure } from '../../flow/ports';

/**
 * JSON as the ledger's items hold it.
 *
 * @param what names it in the failure, when it takes more bytes than `mostBytes`
 */
export function compress(value: object, what: string, mostBytes: number): Result<Uint8Array, PortFailure> {
  const document = gzipSync(JSON.stringify(value));
  if (document.byteLength <= mostBytes) return success(document);
  const cause = `${what} takes ${String(document.byteLength)} bytes; the ledger holds at most ${String(mostBytes)}.`;
  return failure({ code: 'too-large', retryable: false, cause });
}

/** Undefined for what is no compressed JSON: somebody has changed it by hand. */
export function uncompress(document: unknown): unknown {
  try {
    const text = uncompressText(document);
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The JSON itself, for whoever parses it; undefined for what was not compressed. */
export function uncompressText(document: unknown): string | undefined {
  try {
    return document instanceof Uint8Array ? gunzipSync(document).toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
