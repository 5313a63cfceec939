import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleHandler, handlerNames } from '../scripts/supply-chain/bundle-handler';
import { emptyHandlerFor } from './empty-handler';
import { HANDLER_ENVIRONMENT, HANDLER_FILES } from './handler-environment';
import { median } from './median';
import type { Measurement } from './measurement';

const WARM_UPS = 3;

/** Printed by a new process: milliseconds from its start to the loaded handler, and those of processors. */
const PROBE = `
if (typeof require(process.argv[1]).handler !== 'function') process.exit(1);
const wall = performance.now();
const { user, system } = process.cpuUsage();
console.log(JSON.stringify([wall, (user + system) / 1000]));
`;

/**
 * From the start of a process to the loaded handler, each handler and its empty one in turns, so that what else the
 * machine does hits both alike. Medians. Processor time is what remains comparable on a busy machine.
 */
export async function measureColdStarts(root: string, pairs = 25): Promise<readonly Measurement[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-cold-start-'));
  try {
    for (const [name, content] of Object.entries(HANDLER_FILES)) {
      writeFileSync(path.join(directory, name), JSON.stringify(content));
    }
    const measurements: Measurement[] = [];
    for (const name of handlerNames(root)) {
      const ours = await bundleHandler(root, name);
      const empty = await emptyHandlerFor(root, ours);
      const files = [ours, empty].map(({ code }, index) => {
        const file = path.join(directory, `${name}-${String(index)}.js`);
        writeFileSync(file, code);
        return file;
      });
      const [mine, theirs] = runInTurns(files, pairs);
      measurements.push(
        compare(`cold start of ${name}`, mine?.wall ?? [], theirs?.wall ?? []),
        compare(`processor time of the cold start of ${name}`, mine?.processor ?? [], theirs?.processor ?? []),
      );
    }
    return measurements;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

interface Samples {
  readonly wall: number[];
  readonly processor: number[];
}

function runInTurns(files: readonly string[], pairs: number): readonly Samples[] {
  const samples = files.map((): Samples => ({ wall: [], processor: [] }));
  for (let turn = -WARM_UPS; turn < pairs; turn++) {
    for (const [index, file] of files.entries()) {
      const [wall = 0, processor = 0] = JSON.parse(
        execFileSync(process.execPath, ['--eval', PROBE, file], {
          encoding: 'utf8',
          env: { ...HANDLER_ENVIRONMENT, NODE_NO_WARNINGS: '1' },
        }),
      ) as readonly number[];
      if (turn < 0) continue;
      samples[index]?.wall.push(wall);
      samples[index]?.processor.push(processor);
    }
  }
  return samples;
}

function compare(name: string, ours: readonly number[], theirs: readonly number[]): Measurement {
  const [value, against] = [median(ours), median(theirs)];
  return {
    name,
    value,
    unit: 'ms',
    against: `empty handler with the same SDK: ${against.toFixed(1)} ms`,
    ratio: value / against,
  };
}
