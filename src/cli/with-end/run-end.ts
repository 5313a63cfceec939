import { randomUUID } from 'node:crypto';
import { InputError } from '../cli-error';
import { askForRequests, type CommandBody } from '../operator/ask-commands';
import { awaitResults } from '../operator/await-results';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface EndOptions extends OperatorOptions {
  readonly json?: true;
}

/** What ends at a moment, and may be ended before it. */
interface Endable {
  /** `an exception`, as a sentence goes on. */
  readonly called: string;
  /** `portcullis exceptions`: its `list` shows them all. */
  readonly command: string;
  readonly isId: (text: string) => boolean;
  readonly example: string;
  /** What the deployment is asked. */
  readonly toBody: (id: string) => CommandBody;
}

/**
 * Has something ended before its time.
 *
 * @throws InputError for what is none, or has ended; CouldNotTellError when its end cannot be known
 */
export async function runEnd(
  id: string,
  { called, command, isId, example, toBody }: Endable,
  options: EndOptions,
): Promise<void> {
  if (!isId(id)) {
    throw new InputError(`"${id}" is not the id of ${called}; it looks like ${example} (see ${command} list)`);
  }
  const operator = await createOperator(options);
  await awaitResults(await askForRequests({ askId: randomUUID(), ...toBody(id) }, operator), operator, options);
}
