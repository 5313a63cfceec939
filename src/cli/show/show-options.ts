import type { OperatorOptions } from '../operator/operator';

/** What `portcullis show` takes beside the id. */
export interface RunShowOptions extends OperatorOptions {
  readonly json?: true;
  /** A file, or true for standard output. */
  readonly certificate?: string | true;
  readonly chain?: true;
}
