/** One call of the SDK. Texts in the input may hold `${name}`, a value that an earlier step kept. */
export interface Step {
  /** `ec2:CreateSecurityGroup`: the SDK client's name and the operation. */
  readonly call: string;
  readonly input: object;
  /** What the step is about, where a sequence makes the same call more than once. */
  readonly as?: string;
  /**
   * Values for later steps, by the path where the answer has them: `{ group: 'GroupId', first: 'Messages.0.Body' }`.
   */
  readonly keep?: Readonly<Record<string, string>>;
  /** Follows NextToken to the end; compared are the sizes of the pages, and all their items together. */
  readonly pagesOf?: string;
  /** Asks again until the answer has this list, not empty: delivery takes a moment. */
  readonly until?: string;
  /** Part of the answer that is compared; everything by default. `[]` compares nothing but success. */
  readonly compare?: readonly string[];
}

export interface Sequence {
  readonly name: string;
  /** The account that calls; a sequence has one of its own where others would disturb it. Default 222222222222. */
  readonly account?: string;
  readonly steps: readonly Step[];
}

/** What a call came to, in a form in which two clouds can be compared. */
export type PortResult = { readonly answer: unknown } | { readonly error: string };
