import type { QueuedMessage } from './queued-message';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html */
const NOISY_SHARE = 0.1;
const NOISY_IN_FLIGHT = 30;
const WINDOW_MILLIS = 300_000;

interface Processed {
  readonly group: string;
  readonly atMillis: number;
  readonly millis: number;
}

/**
 * Of a standard queue, the order in which messages are received: those of groups that take more than a tenth of what is
 * in flight, or of the time that consumers spend, come after all others. A message without a group is one for itself.
 * How AWS weighs several noisy groups it documents roughly; here the one with the fewest in flight comes first.
 */
export class FairOrder {
  readonly #receivedMillis = new Map<string, number>();
  #processed: Processed[] = [];

  received({ id }: QueuedMessage, nowMillis: number): void {
    this.#receivedMillis.set(id, nowMillis);
  }

  processed({ id, group }: QueuedMessage, nowMillis: number): void {
    const since = this.#receivedMillis.get(id);
    this.#receivedMillis.delete(id);
    if (group === undefined || since === undefined) return;
    this.#processed.push({ group, atMillis: nowMillis, millis: Math.max(1, nowMillis - since) });
  }

  order(messages: Iterable<QueuedMessage>, nowMillis: number): Iterable<QueuedMessage> {
    if (this.#processed.length === 0) return messages;
    const all = [...messages];
    const inFlight = new Map<string, number>();
    for (const { group, visibleMillis, receiveCount } of all) {
      if (group === undefined || receiveCount === 0 || visibleMillis <= nowMillis) continue;
      inFlight.set(group, (inFlight.get(group) ?? 0) + 1);
    }
    const noisy = this.#noisyGroups(inFlight, nowMillis);
    if (noisy.size === 0) return all;
    const rank = ({ group }: QueuedMessage): number =>
      group !== undefined && noisy.has(group) ? 1 + (inFlight.get(group) ?? 0) : 0;
    const byRank = new Map<number, QueuedMessage[]>();
    for (const message of all) {
      const ranked = byRank.get(rank(message));
      if (ranked) ranked.push(message);
      else byRank.set(rank(message), [message]);
    }
    return [...byRank].sort(([one], [other]) => one - other).flatMap(([, messages]) => messages);
  }

  #noisyGroups(inFlight: ReadonlyMap<string, number>, nowMillis: number): ReadonlySet<string> {
    this.#processed = this.#processed.filter(({ atMillis }) => atMillis > nowMillis - WINDOW_MILLIS);
    const spent = new Map<string, number>();
    for (const { group, millis } of this.#processed) spent.set(group, (spent.get(group) ?? 0) + millis);
    const noisy = new Set<string>();
    const flying = total(inFlight);
    for (const [group, count] of inFlight) {
      if (count >= NOISY_IN_FLIGHT && count > NOISY_SHARE * flying) noisy.add(group);
    }
    const allSpent = total(spent);
    for (const [group, millis] of spent) if (millis > NOISY_SHARE * allSpent) noisy.add(group);
    return noisy;
  }
}

function total(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
