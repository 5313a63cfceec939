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
