import { randomUUID } from 'node:crypto';
import { isGrantId } from '../../core/grants/grant';
import { InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface EndGrantOptions extends OperatorOptions {
  readonly json?: true;
}

/** @throws InputError for what is no grant, or has ended; CouldNotTellError when its end cannot be known */
export async function runGrantsEnd(grantId: string, options: EndGrantOptions): Promise<void> {
  if (!isGrantId(grantId)) {
    throw new InputError(
      `"${grantId}" is not the id of a grant; it looks like grt-0123456789abcdef (see portcullis grants list)`,
    );
  }
  const operator = await createOperator(options);
  const body = { command: 'end-grant', askId: randomUUID(), grantId };
  await awaitResults(await askForRequests(body, operator), operator, options);
}
