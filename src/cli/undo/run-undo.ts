import { randomUUID } from 'node:crypto';
import { askForRequests } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, fetchRecord, type OperatorOptions } from '../operator/operator';

export interface RunUndoOptions extends OperatorOptions {
  readonly confirm?: true;
  readonly json?: true;
}

/**
 * Asks the deployment to undo a closing, by the same way as the custom action, and waits for the end.
 *
 * @throws InputError for an unknown id or one that is no closing's, CouldNotTellError when the end cannot be known,
 *   Error when it was not undone
 */
export async function runUndo(remediationId: string, options: RunUndoOptions): Promise<void> {
  const operator = await createOperator(options);
  const { target } = await fetchRecord(remediationId, operator);
  const confirmed = options.confirm === true;
  const asked = await askForRequests({ command: 'undo', askId: randomUUID(), remediationId, confirmed }, operator);
  if (process.stderr.isTTY) process.stderr.write(`undoing ${remediationId} on ${target.id} …\n`);
  await awaitResults(asked, operator, options);
}
