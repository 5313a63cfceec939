import { textOf } from '../core/read-member';
import { failure, success, type Result } from '../core/result';
import type { Clock, DeliveryFailure } from '../flow/ports';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Other statuses than those of 2xx that are an answer, such as 404 of what may be gone. */
  readonly alsoTaken?: readonly number[];
  /** More than that of an answer is not read; left out, 64 KiB. */
  readonly maxBytes?: number;
  /** Left out, as long as for every other. */
  readonly timeoutMillis?: number;
}

export interface HttpResponse {
  readonly status: number;
  /** As much of it as was asked for. */
  readonly text: string;
}

/** What channels reach receivers by. */
export interface Http {
  /** Answers of 2xx; every other one, and none, is a failure. */
  send(request: HttpRequest): Promise<Result<HttpResponse, DeliveryFailure>>;
}

/** A receiver that takes longer is tried again later: the function that waits costs something. */
const TIMEOUT_MILLIS = 10_000;

const MAX_RESPONSE_BYTES = 65_536;
const SHOWN_CHARACTERS = 200;

/**
 * `fetch` of Node, with a limit of time and size, no redirects, and answers as values.
 *
 * @param mostMillis for a request that does not say how long itself
 */
export function createHttp(clock: Clock, mostMillis = TIMEOUT_MILLIS): Http {
  return {
    async send({
      method,
      url,
      headers,
      body,
      alsoTaken = [],
      maxBytes = MAX_RESPONSE_BYTES,
      timeoutMillis = mostMillis,
    }) {
      const where = `${method} ${withoutQuery(url)}`;
      try {
        const response = await fetch(url, {
          method,
          headers: { 'user-agent': 'Portcullis', ...headers },
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMillis),
          ...(body === undefined ? {} : { body }),
        });
        const text = await readText(response, maxBytes);
        if (response.ok || alsoTaken.includes(response.status)) return success({ status: response.status, text });
        return failure(toFailure(where, response, text, clock));
      } catch (error) {
        return failure(toNetworkFailure(where, error, timeoutMillis));
      }
    },
  };
}

/** Addresses of receivers may hold a secret in their query. */
function withoutQuery(url: string): string {
  return url.split('?')[0] ?? url;
}

/** The end of a long answer is not waited for. */
async function readText(response: Response, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader: ReadableStreamDefaultReader<Uint8Array> | undefined = response.body?.getReader();
  while (reader !== undefined && size < maxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.byteLength;
  }
  await reader?.cancel();
  return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

function toFailure(where: string, response: Response, text: string, clock: Clock): DeliveryFailure {
  const { status } = response;
  const said = text.replace(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS);
  const cause = `${where} answered ${String(status)}${said === '' ? '' : `: ${said}`}`;
  const seconds = retryAfterSeconds(response.headers.get('retry-after'), clock.now());
  const later = seconds === undefined ? {} : { retryAfterSeconds: seconds };
  if (status === 429) return { code: 'throttled', retryable: true, ...later, cause };
  if (status === 401 || status === 403) return { code: 'unauthorized', retryable: true, cause };
  if (status === 408 || status === 425 || status >= 500) {
    return { code: 'unavailable', retryable: true, ...later, cause };
  }
  // A redirect is not followed: the secret and the signature are meant for the address that was configured.
  return { code: 'refused', retryable: false, cause };
}

/**
 * Seconds, or a date. https://www.rfc-editor.org/rfc/rfc9110#name-retry-after
 *
 * @param value of the header
 * @param now that a date is counted from
 */
export function retryAfterSeconds(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value.trim());
  const seconds = (Date.parse(value) - now.getTime()) / 1000;
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

function toNetworkFailure(where: string, error: unknown, timeoutMillis: number): DeliveryFailure {
  const { name, message, cause } = errorFields(error);
  const isLate = name === 'TimeoutError' || name === 'AbortError';
  const reason = isLate
    ? `did not answer within ${String(timeoutMillis / 1000)} seconds`
    : // What `fetch` says itself is "fetch failed": the reason is below it.
      `could not be reached: ${errorFields(cause).message || message}`;
  return { code: 'unavailable', retryable: true, cause: `${where} ${reason}` };
}

/** By their names: an error of `fetch` may be of another realm than ours. */
function errorFields(error: unknown): { readonly name: string; readonly message: string; readonly cause: unknown } {
  const fields = Object(error) as { readonly name?: unknown; readonly message?: unknown; readonly cause?: unknown };
  return {
    name: textOf(fields.name) ?? '',
    message: textOf(fields.message) ?? '',
    cause: fields.cause,
  };
}
