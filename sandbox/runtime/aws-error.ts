/** An error as AWS would answer it: the code is the one that the service documents. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Further members of the error's shape, such as `Item` of DynamoDB's ConditionalCheckFailedException. */
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** The effect took place, but its answer got lost: the wire closes the connection instead of responding. */
export class LostResponse extends AwsError {
  constructor() {
    super('RequestTimeout', 'The connection was closed before the response arrived.', 408);
  }
}
