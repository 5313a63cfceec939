import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { parseTarget } from '../operator/parse-target';

export interface RunFollowOptions extends OperatorOptions {
  readonly target: string;
  readonly json?: true;
}

/**
 * Waits for the end of a request that was asked for before, here or elsewhere.
 *
 * @throws InputError for a target that is none; CouldNotTellError for a request that the ledger does not know
 */
export async function runFollow(requestId: string, options: RunFollowOptions): Promise<void> {
  const target = parseTarget(options.target);
  const operator = await createOperator(options);
  await awaitResults([{ target, requestId, status: 'asked' }], operator, options);
}
