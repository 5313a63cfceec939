import { randomUUID } from 'node:crypto';
import { InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';
import { parseTarget } from '../operator/parse-target';

export interface OpenOptions extends OperatorOptions {
  readonly target: string;
  readonly port: string;
  readonly source: string;
  readonly for: string;
  readonly reason: string;
  readonly json?: true;
}

/**
 * Asks the deployment to open a port for a while, and waits until it is open.
 *
 * @throws InputError for what is not allowed, before anything is begun; CouldNotTellError when its end cannot be known;
 * Error when it was not opened
 */
export async function runOpen({ port, source, reason, ...options }: OpenOptions): Promise<void> {
  const target = parseTarget(options.target);
  if (!/^\d{1,5}$/.test(port)) throw new InputError(`--port: "${port}" is no port; write one, such as 22`);
  const operator = await createOperator(options);
  const access = { target, port: Number(port), source, for: options.for, reason };
  const asked = await askForRequests({ command: 'open', askId: randomUUID(), ...access }, operator);
  await awaitResults(asked, operator, options);
}
