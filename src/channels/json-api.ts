import { failure, success, type Result } from '../core/result';
import type { DeliveryFailure } from '../flow/ports';
import type { Http, HttpRequest } from './http';
import { parseJsonText } from './parse-json-text';

export interface JsonAnswer {
  readonly status: number;
  /** Undefined where the answer has no body. */
  readonly body: unknown;
}

export interface JsonApi {
  /** @param alsoTaken other statuses than 2xx that are an answer; their body may be anything */
  readonly call: (
    method: HttpRequest['method'],
    path: string,
    body?: object,
    alsoTaken?: readonly number[],
  ) => Promise<Result<JsonAnswer, DeliveryFailure>>;
}

/** Tickets and lists of comments may be long. */
const MAX_BYTES = 1024 * 1024;

/** A receiver's API of JSON: whatever it answers that is none is a failure that may pass. */
export function createJsonApi(http: Http, origin: string, headers: Readonly<Record<string, string>>): JsonApi {
  return {
    async call(method, path, body, alsoTaken = []) {
      const answer = await http.send({
        method,
        url: `${origin}${path}`,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        alsoTaken,
        maxBytes: MAX_BYTES,
      });
      if (!answer.ok) return answer;
      const { status, text } = answer.value;
      if (alsoTaken.includes(status) || text === '') return success({ status, body: undefined });
      const parsed = parseJsonText(text);
      return typeof parsed === 'object' && parsed !== null ? success({ status, body: parsed }) : notUnderstood(path);
    },
  };
}

/** What a receiver answered is not what its API documents. */
export function notUnderstood(path: string): Result<never, DeliveryFailure> {
  const cause = `What ${path.split('?')[0] ?? path} answered is no answer of its API`;
  return failure({ code: 'not-understood', retryable: true, cause });
}

/** https://www.rfc-editor.org/rfc/rfc7617 */
export function basicAuthorization(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
