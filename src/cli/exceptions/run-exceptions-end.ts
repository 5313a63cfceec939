import { randomUUID } from 'node:crypto';
import { isExceptionId } from '../../core/exceptions/risk-exception';
import { InputError } from '../cli-error';
import { askForRequests } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface EndOptions extends OperatorOptions {
  readonly json?: true;
}

/** @throws InputError for what is no exception, or has ended; CouldNotTellError when its end cannot be known */
export async function runExceptionsEnd(exceptionId: string, options: EndOptions): Promise<void> {
  if (!isExceptionId(exceptionId)) {
    throw new InputError(
      `"${exceptionId}" is not the id of an exception; it looks like exc-0123456789abcdef (see portcullis exceptions list)`,
    );
  }
  const operator = await createOperator(options);
  const body = { command: 'end-exception', askId: randomUUID(), exceptionId };
  await awaitResults(await askForRequests(body, operator), operator, options);
}
