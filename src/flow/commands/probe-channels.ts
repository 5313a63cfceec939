import * as z from '../../core/zod-mini';
import type { Caller, CommandAnswer, CommandPorts } from './command';

/** Asks for nothing but the probe. */
export const probeInput = (): z.ZodMiniType<object> => z.strictObject({});

/** Has the notifier probe every receiver, for `portcullis doctor`. Nothing is sent. */
export async function probeChannels(
  _input: object,
  _caller: Caller,
  { receivers }: Pick<CommandPorts, 'receivers'>,
): Promise<CommandAnswer> {
  const probed = await receivers.probe();
  return probed.ok
    ? { kind: 'done', body: { receivers: probed.value } }
    : { kind: 'failed', reason: probed.error.cause };
}
