import { renderValue } from '../../core/render-value';
import type { DueMessage } from '../ports';
import { DUE_HANDLERS, type DuePorts } from './due-handlers';
import { toMessageProblem, type MessageProblem } from './message-problems';

const SHOWN_CHARACTERS = 40;

/** Hands what is due to whoever takes it. Undefined when it is done, or need not be done any more. */
export async function takeDue({ what, id }: DueMessage, ports: DuePorts): Promise<MessageProblem | undefined> {
  const handle = Object.hasOwn(DUE_HANDLERS, what) ? DUE_HANDLERS[what] : undefined;
  if (handle === undefined) {
    return { reason: `Nobody takes what is due as ${renderValue(what, SHOWN_CHARACTERS)}.`, deliveries: 1 };
  }
  ports.log.info('Something is due', { what, id });
  const done = await handle(id, ports);
  return done.ok ? undefined : toMessageProblem(done.error);
}
