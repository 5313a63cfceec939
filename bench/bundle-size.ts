import { bundleHandler, handlerNames, type Bundle } from '../scripts/supply-chain/bundle-handler';
import { bytesByFile, packageDirectoryOf } from '../scripts/supply-chain/shipped-packages';
import { emptyHandlerFor } from './empty-handler';
import type { Measurement } from './measurement';

/** Bytes of each handler's bundle beside those of an empty one, and what the difference is made of. */
export async function measureBundleSizes(root: string): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = [];
  for (const name of handlerNames(root)) {
    const ours = await bundleHandler(root, name);
    const empty = await emptyHandlerFor(root, ours);
    const [value, against] = [ours.code.byteLength, empty.code.byteLength];
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
        against: `goal of ${String(GOAL_BYTES)} bytes; ${composition(ours, empty)}`,
        ratio: (value - against) / GOAL_BYTES,
      },
    );
  }
  return measurements;
}

const GOAL_BYTES = 250_000;
const SHOWN_PARTS = 4;

/** The largest parts of what a handler has and the empty one has not: `zod 109723, src 37892`. */
function composition(ours: Bundle, empty: Bundle): string {
  const theirs = bytesByPackage(empty);
  const added = [...bytesByPackage(ours)].map(([name, bytes]): [string, number] => [
    name,
    bytes - (theirs.get(name) ?? 0),
  ]);
  const largest = added.sort(([, a], [, b]) => b - a).slice(0, SHOWN_PARTS);
  return largest.map(([name, bytes]) => `${name} ${String(bytes)}`).join(', ');
}

function bytesByPackage(bundle: Bundle): ReadonlyMap<string, number> {
  const packages = new Map<string, number>();
  for (const [file, bytes] of bytesByFile(bundle)) {
    const name = packageDirectoryOf(file)?.replace(/^.*node_modules\//, '') ?? 'src';
    packages.set(name, (packages.get(name) ?? 0) + bytes);
  }
  return packages;
}
