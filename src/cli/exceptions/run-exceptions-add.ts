import { randomUUID } from 'node:crypto';
import { askForRequests, type CommandBody } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface AddOptions extends OperatorOptions {
  readonly finding: string;
  readonly until: string;
  readonly reason: string;
  readonly source?: string;
  readonly ports?: string;
  readonly json?: true;
}

/**
 * Asks the deployment to make an exception, and waits until it is made.
 *
 * @throws InputError for what cannot be one, before anything is begun; CouldNotTellError when its end cannot be known;
 * Error when it was not made
 */
export async function runExceptionsAdd({ finding, until, reason, ...options }: AddOptions): Promise<void> {
  const operator = await createOperator(options);
  const { source, ports } = options;
  const body: CommandBody = {
    command: 'accept',
    askId: randomUUID(),
    findingId: finding,
    until,
    reason,
    ...(source === undefined ? {} : { source }),
    ...(ports === undefined ? {} : { ports }),
  };
  await awaitResults(await askForRequests(body, operator), operator, options);
}
