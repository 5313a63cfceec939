import type { Channel, ProbedReceiver } from '../ports';

export interface ChannelToProbe {
  readonly name: string;
  readonly channel: Pick<Channel, 'probeReceiver'>;
  /** Missing where the channel has none. */
  readonly secretName?: string;
}

/** Probes the receiver of every channel that has a secret, all at once. Nothing is sent, and no queue is touched. */
export async function probeReceivers(channels: readonly ChannelToProbe[]): Promise<readonly ProbedReceiver[]> {
  const probes = channels.map(async ({ name, channel, secretName }): Promise<readonly ProbedReceiver[]> => {
    const probe = await channel.probeReceiver?.();
    if (probe === undefined || secretName === undefined) return [];
    const about = { channel: name, secretName };
    if (probe.ok) return [{ ...about, answer: 'taken', found: probe.value }];
    return [{ ...about, answer: probe.error.code, found: probe.error.cause }];
  });
  return (await Promise.all(probes)).flat();
}
