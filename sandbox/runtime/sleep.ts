import type { Clock } from './clock';

/** For use inside work that the clock counts as busy. */
export async function sleep(clock: Clock, millis: number): Promise<void> {
  await clock.waiting(new Promise<void>((resolve) => clock.schedule(clock.now() + millis, resolve)));
}
