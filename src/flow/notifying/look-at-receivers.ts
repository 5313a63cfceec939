import type { Channel, LookedAt } from '../ports';

export interface LookableChannel {
  readonly name: string;
  readonly channel: Pick<Channel, 'lookAtReceiver'>;
  /** Missing where the channel has none. */
  readonly secretName?: string;
}

/** Looks at the receiver of every channel that has a secret, all at once. Nothing is sent, and no queue is touched. */
export async function lookAtReceivers(channels: readonly LookableChannel[]): Promise<readonly LookedAt[]> {
  const looks = channels.map(async ({ name, channel, secretName }): Promise<readonly LookedAt[]> => {
    const look = await channel.lookAtReceiver?.();
    if (look === undefined || secretName === undefined) return [];
    const about = { channel: name, secretName };
    if (look.ok) return [{ ...about, answer: 'taken', found: look.value }];
    return [{ ...about, answer: look.error.code, found: look.error.cause }];
  });
  return (await Promise.all(looks)).flat();
}
