import * as z from '../../core/zod-mini';
import type { Caller, CommandAnswer, CommandPorts } from './command';

/** Asks for nothing but the look. */
export const lookInput = (): z.ZodMiniType<object> => z.strictObject({});

/** Has the notifier look at every receiver, for `portcullis doctor`. Nothing is sent. */
export async function lookAtChannels(
  _input: object,
  _caller: Caller,
  { receivers }: Pick<CommandPorts, 'receivers'>,
): Promise<CommandAnswer> {
  const looks = await receivers.look();
  return looks.ok ? { kind: 'done', body: { receivers: looks.value } } : { kind: 'failed', reason: looks.error.cause };
}
