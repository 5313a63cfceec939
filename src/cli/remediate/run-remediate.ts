import { randomUUID } from 'node:crypto';
import { askForRequests, type CommandBody } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface RunRemediateOptions extends OperatorOptions {
  readonly json?: true;
}

/**
 * Asks the deployment to close what findings report, one remediation a target, and waits for the ends.
 *
 * @throws InputError for findings that are unknown or cannot be closed, before anything is started; CouldNotTellError
 * when an end cannot be known; Error when something was not closed
 */
export async function runRemediate(findingIds: readonly string[], options: RunRemediateOptions): Promise<void> {
  const operator = await createOperator(options);
  const body: CommandBody = { command: 'remediate', askId: randomUUID(), findingIds };
  await awaitResults(await askForRequests(body, operator), operator, options);
}
