import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { CHANNEL_NAMES } from '../../core/messages/channel-name';
import { visibleJson } from '../../core/visible-json';
import { InputError } from '../cli-error';
import { askCommands } from '../operator/ask-commands';
import { createOperator, type OperatorOptions } from '../operator/operator';

export interface NotifyTestOptions extends OperatorOptions {
  readonly json?: true;
}

const sentSchema = z.object({ channel: z.string(), eventId: z.string() });

/**
 * Has a test sent over one channel of a deployment.
 *
 * @throws InputError for what is no channel, or is not configured; CouldNotTellError when the deployment does not
 *   answer
 */
export async function runNotifyTest(name: string, options: NotifyTestOptions): Promise<void> {
  const channel = CHANNEL_NAMES.find((known) => known === name.toLowerCase());
  if (channel === undefined)
    throw new InputError(`there is no channel "${name}"; write one of ${CHANNEL_NAMES.join(', ')}`);
  const operator = await createOperator(options);
  const sent = await askCommands({ command: 'notify', askId: randomUUID(), channel }, sentSchema, operator);
  process.stdout.write(
    options.json
      ? `${visibleJson(sent)}\n`
      : `A test (${sent.eventId}) waits in the queue of ${channel}. If it does not arrive within a minute, look into the log of the notifier.\n`,
  );
}
