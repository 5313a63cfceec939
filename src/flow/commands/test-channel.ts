import { TEST_KIND } from '../../core/messages/notice-kinds';
import type { Caller, CommandAnswer, CommandPorts } from './command';
import type { TestChannelInput } from './command-input';

/** Has a test sent over a channel, on the way that every event takes, but past its filters. */
export async function testChannel(
  { askId, channel }: TestChannelInput,
  caller: Caller,
  { channelQueues, clock, log }: CommandPorts,
): Promise<CommandAnswer> {
  if (!channelQueues.names.includes(channel)) {
    const configured = channelQueues.names.length === 0 ? 'none is' : `these are: ${channelQueues.names.join(', ')}`;
    return {
      kind: 'refused',
      reason: `channel ${channel} is not configured in notifications of portcullis.yaml; ${configured}`,
    };
  }
  const eventId = `test-${askId}`;
  const sent = await channelQueues.send(
    channel,
    JSON.stringify({
      id: eventId,
      source: 'portcullis',
      'detail-type': TEST_KIND,
      time: clock.now().toISOString(),
      detail: { reason: `A test that ${caller.arn} asked for. Nothing has happened, and there is nothing to do.` },
    }),
  );
  if (!sent.ok) return { kind: 'failed', reason: sent.error.cause };
  log.info('Test of a channel', { channel, caller: caller.arn, eventId });
  return { kind: 'done', body: { channel, eventId } };
}
