import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureBundleSizes } from './bundle-size';
import { measureBurst } from './burst';
import { measureColdStarts } from './cold-start';
import type { Measurement } from './measurement';
import { measureContext } from './context';
import { measurePlans, measurePrefixLists } from './plans';
import { measurePrices } from './price';
import { measureReports } from './reports';
import { measureScan } from './scan';
import { measureScanners } from './scanners';
import { measureStorm } from './storm';
import { measureSimulations } from './simulations';
import { Unavailable } from './unavailable';

const root = path.resolve(__dirname, '..');

/** `full`: larger sizes, and more runs. */
const BENCHMARKS: Readonly<
  Record<string, (full: boolean) => readonly Measurement[] | Promise<readonly Measurement[]>>
> = {
  plans: (full) => measurePlans(root, 'groups', full ? [1_000, 10_000, 100_000] : [1_000, 5_000], 3),
  'plans-of-rules': (full) => measurePlans(root, 'rules', full ? [1_000, 10_000] : [1_000, 5_000], 3),
  'prefix-lists': () => measurePrefixLists(root, 3),
  reports: (full) => measureReports(root, full ? [100_000, 300_000, 1_000_000] : [10_000, 100_000], full ? 3 : 1),
  simulations: (full) => measureSimulations(root, full ? [100_000] : [10_000]),
  'bundle-size': () => measureBundleSizes(root),
  'cold-start': (full) => measureColdStarts(root, full ? 25 : 5),
  price: () => measurePrices(),
  context: () => measureContext(),
  scanners: (full) => measureScanners(root, full ? 5_000 : 1_000),
  scan: (full) => measureScan(full ? 50 : 10),
  storm: (full) => measureStorm(full ? 1_000 : 100),
  burst: (full) => (full ? measureBurst(50, 50) : measureBurst(2, 25)),
  'burst-both': (full) => (full ? measureBurst(20, 25, 'both') : measureBurst(2, 25, 'both')),
};

const USAGE = `npm run bench -- [--only NAME] [--full] [--json]

  --only NAME   one of ${Object.keys(BENCHMARKS).join(', ')}
  --full        larger sizes, and more runs
  --json        one object a line: {"name","value","unit","against","ratio"}

Figures go to stdout, progress to stderr. Ends with 1 when a benchmark failed, with 2 when it was asked for what is not
there, with 4 when something that it needs is not to be had here: that is no figure and no pass.
`;

const BAD_INPUT = 2;
const NOT_TO_BE_HAD = 4;

async function main(): Promise<void> {
  const options = readOptions();
  if (options === undefined) return;
  for (const name of options.names) {
    process.stderr.write(`bench: ${name} …\n`);
    try {
      for (const measurement of (await BENCHMARKS[name]?.(options.full)) ?? []) {
        process.stdout.write(`${options.json ? JSON.stringify(measurement) : render(measurement)}\n`);
      }
    } catch (error) {
      // The others are worth their while all the same.
      const reason = error instanceof Error ? error.message : String(error);
      const isUnavailable = error instanceof Unavailable;
      process.stderr.write(`bench: ${name}: ${isUnavailable ? 'not run' : 'failed'}: ${reason}\n`);
      if (!isUnavailable) process.exitCode = 1;
      else process.exitCode ??= NOT_TO_BE_HAD;
    }
  }
}

/** Undefined when there is nothing to run. */
function readOptions():
  { readonly names: readonly string[]; readonly full: boolean; readonly json: boolean } | undefined {
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'boolean', default: false },
        full: { type: 'boolean', default: false },
        only: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(USAGE);
      return undefined;
    }
    const { only } = values;
    if (only !== undefined && !Object.hasOwn(BENCHMARKS, only)) throw new Error(`there is no benchmark "${only}"`);
    return { names: only === undefined ? Object.keys(BENCHMARKS) : [only], full: values.full, json: values.json };
  } catch (error) {
    process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = BAD_INPUT;
    return undefined;
  }
}

const DIGITS: Readonly<Record<string, number>> = { bytes: 0, calls: 0, steps: 0, USD: 6 };

function render({ name, value, unit, against, ratio }: Measurement): string {
  return `${name}: ${value.toFixed(DIGITS[unit] ?? 3)} ${unit}; ${against}; ratio ${ratio.toFixed(2)}`;
}

// Sandboxes and their SDK clients keep connections alive.
void main().finally(() => process.exit());
