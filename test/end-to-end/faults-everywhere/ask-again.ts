import { drive } from './drive';
import type { Target } from './ec2-snapshot';
import type { Stage } from './stage';
import { fetchTraces, type Traces } from './traces';

/**
 * Somebody asks for something and waits. Where an execution died in the middle, the target is its own until the lease is
 * over: then he asks once more.
 */
export async function askAgain(
  stage: Stage,
  target: Target,
  findingIds: readonly string[],
  ask: () => Promise<void>,
): Promise<Traces> {
  await ask();
  await drive(stage);
  const traces = await fetchTraces(stage, target, findingIds);
  if (traces.leaseUntilMillis === undefined) return traces;
  await stage.world.clock.advance(Math.max(0, traces.leaseUntilMillis - stage.world.clock.now()) + 1000);
  await ask();
  await drive(stage);
  return fetchTraces(stage, target, findingIds);
}
