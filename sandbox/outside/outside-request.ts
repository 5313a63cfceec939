/** A request to somebody outside of AWS. */
export interface OutsideRequest {
  readonly method: string;
  /** The address that was meant. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface OutsideResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of a receiver that has a body of JSON. */
export function jsonAnswer(status: number, body: object): OutsideResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * What a request carries; undefined for what a strict receiver does not take for JSON of people's texts: halves of
 * characters are in no UTF-8, and control characters are what databases and XML refuse.
 * https://www.rfc-editor.org/rfc/rfc8259#section-8.2
 */
export function jsonBody({ body }: OutsideRequest): unknown {
  try {
    const unreadable: string[] = [];
    const parsed: unknown = JSON.parse(body, (key, value: unknown) => {
      unreadable.push(...[key, value].filter((each) => typeof each === 'string' && UNREADABLE.test(each)).map(String));
      return value;
    });
    return unreadable.length === 0 ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** Lone surrogates, controls but for tabs and line breaks, and what Unicode says is no character. */
const UNREADABLE = /[\p{Cs}\p{Noncharacter_Code_Point}]|(?![\t\r\n])\p{Cc}/u;
