import { bundleHandler, handlerNames, type Bundle } from '../scripts/supply-chain/bundle-handler';
import { partsOf } from '../scripts/supply-chain/bundle-parts';
import { emptyHandlerFor } from './empty-handler';
import type { Measurement } from './measurement';

/** Bytes of each handler's bundle beside those of an empty one, and what it is made of. */
export async function measureBundleSizes(root: string): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const name of handlerNames(root)) {
    const ours = await bundleHandler(root, name);
    const empty = await emptyHandlerFor(root, ours);
    const [value, against] = [ours.code.byteLength, empty.code.byteLength];
    const goal = OTHER_GOALS[name] ?? GOAL_BYTES;
    measurements.push(
      {
        name: `bundle of ${name}`,
        value,
        unit: 'bytes',
        against: `empty handler with the same SDK: ${String(against)} bytes`,
        ratio: value / against,
      },
      {
        name: `added to the bundle of ${name}`,
        value: value - against,
        unit: 'bytes',
        against: `goal of ${String(goal)} bytes; ${composition(ours)}`,
        ratio: (value - against) / goal,
      },
    );
  }
  return measurements;
}

/** docs/decisions/0237-bundles-are-held-by-a-record.md says why the orchestrator has one of its own. */
const GOAL_BYTES = 250_000;
const OTHER_GOALS: Readonly<Record<string, number>> = { orchestrator: 550_000 };

/** The parts of a bundle, the largest first: `SDK 664406, zod 55274, src/core 41199`. */
function composition(bundle: Bundle): string {
  return Object.entries(partsOf(bundle))
    .map(([name, bytes]) => `${name} ${String(bytes)}`)
    .join(', ');
}
