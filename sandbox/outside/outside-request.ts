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

/** What a request carries; undefined for what is no JSON. */
export function jsonBody({ body }: OutsideRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
