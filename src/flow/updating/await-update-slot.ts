import type { Clock, Durable, SharedReads } from '../ports';

/** What is out of all proportion is not waited for: the update is tried then, and throttled as often as it must. */
const LONGEST_SECONDS = 900;

/**
 * Waits, in a burst, for the moment that an execution has for its update. Security Hub takes ten a second of a whole
 * organization: hundreds that try at moments of their own are refused several times each. What the update needs is read
 * afterwards, so that it is fresh.
 */
export async function awaitUpdateSlot({
  clock,
  durable,
  sharedReads,
}: {
  readonly clock: Clock;
  readonly durable: Durable;
  readonly sharedReads?: SharedReads;
}): Promise<void> {
  if (sharedReads === undefined) return;
  const slot = await durable.step('take a moment for the update', () => sharedReads.takeUpdateSlot(clock.now()));
  // A ledger that is out of order is no reason to wait for.
  if (!slot.ok) return;
  const seconds = Math.min(Math.floor(slot.value / 1000), LONGEST_SECONDS);
  if (seconds > 0) await durable.sleep('wait for the update', seconds);
}
