import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureBundleSizes } from './bundle-size';
import { measureColdStarts } from './cold-start';
import { measureLargeAccount } from './large-account-plans';
import type { Measurement } from './measurement';
import { measurePlans, measurePrefixLists } from './plan-throughput';

const root = path.resolve(__dirname, '..');

/** `full`: the sizes at which JSON.parse can still read the whole file, which takes a string of at most 512 MB. */
const BENCHMARKS: Readonly<
  Record<string, (full: boolean) => readonly Measurement[] | Promise<readonly Measurement[]>>
> = {
  plans: (full) => (full ? measurePlans(root, 1_000, 20_000) : measurePlans(root, 1_000, 5_000)),
  'large-account': (full) => measureLargeAccount(root, full ? 100_000 : 10_000),
  'prefix-lists': () => measurePrefixLists(root),
  'bundle-size': () => measureBundleSizes(root),
  'cold-start': (full) => measureColdStarts(root, full ? 25 : 5),
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { json: { type: 'boolean' }, full: { type: 'boolean' }, only: { type: 'string' } },
  });
  const names = values.only === undefined ? Object.keys(BENCHMARKS) : [values.only];
  for (const name of names) {
    const measure = BENCHMARKS[name];
    if (measure === undefined) {
      process.stderr.write(`bench: there is no benchmark "${name}"; there are ${Object.keys(BENCHMARKS).join(', ')}\n`);
      process.exitCode = 2;
      return;
    }
    process.stderr.write(`bench: ${name} …\n`);
    for (const measurement of await measure(values.full === true)) {
      process.stdout.write(`${values.json === true ? JSON.stringify(measurement) : render(measurement)}\n`);
    }
  }
}

function render({ name, value, unit, against, ratio }: Measurement): string {
  return `${name}: ${value.toFixed(unit === 'bytes' ? 0 : 3)} ${unit}; ${against}; ratio ${ratio.toFixed(2)}`;
}

void main();
