import { drive } from './drive';
import type { Target } from './ec2-snapshot';
import type { Stage } from './stage';
import { fetchTraces, type Traces } from './traces';

/** Somebody asks for something and waits, once: an execution that died in the middle holds nobody up. */
export async function askAgain(
  stage: Stage,
  target: Target,
  findingIds: readonly string[],
  ask: () => Promise<void>,
): Promise<Traces> {
  await ask();
  await drive(stage);
  return fetchTraces(stage, target, findingIds);
}
