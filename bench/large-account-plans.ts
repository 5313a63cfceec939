import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTargets } from '../src/cli/plan/read-targets';
import { planClosing } from '../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../src/core/planning/plan-policy';
import { groupOf, writeLargeAccount } from './large-account';
import type { Measurement } from './measurement';

const CONTROLS = (['EC2.13', 'EC2.18', 'EC2.19'] as const).map((id) => ({ id, parameters: [] }));

/** The most that `describe-security-groups` answers in one page. */
const PAGE = 1_000;

const RULES = 60;
const HEAP_MEGABYTES = 128;

/**
 * Plans from the file to the plan, beside what reading the same bytes as JSON costs at least: page by page, for a string
 * of V8 does not hold the whole file.
 */
export async function measureLargeAccount(root: string, groups: number): Promise<readonly Measurement[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-planning-'));
  const large = path.join(directory, 'large.json');
  const small = path.join(directory, 'small.json');
  try {
    await writeLargeAccount(large, groups, RULES);
    await writeLargeAccount(small, PAGE, RULES);
    await planFile(small);
    parsePages(PAGE);

    const parsed = parsePages(groups);
    const planned = await planFile(large);
    const ofPage = await planFile(small);
    return [
      {
        name: `plans for ${String(groups)} groups of ${String(RULES)} rules`,
        value: planned,
        unit: 'ms',
        against: `JSON.parse of the same file in pages of ${String(PAGE)} groups: ${parsed.toFixed(0)} ms`,
        ratio: planned / parsed,
      },
      {
        name: `time for a group of ${String(groups)}`,
        value: (planned / groups) * 1000,
        unit: 'µs',
        against: `time for a group of ${String(PAGE)}: ${((ofPage / PAGE) * 1000).toFixed(1)} µs`,
        ratio: planned / groups / (ofPage / PAGE),
      },
      memoryOf(root, large),
    ];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function planFile(file: string): Promise<number> {
  const start = performance.now();
  let steps = 0;
  for await (const resource of readTargets(file)) {
    steps += planClosing({ resource, controls: CONTROLS, policy: DEFAULT_PLAN_POLICY }).steps.length;
  }
  if (steps === 0) throw new Error(`${file} holds nothing to close.`);
  return performance.now() - start;
}

function parsePages(groups: number): number {
  let millis = 0;
  for (let first = 0; first < groups; first += PAGE) {
    const page = `{"SecurityGroups":[${Array.from({ length: PAGE }, (_, i) => groupOf(first + i, RULES)).join()}]}`;
    const start = performance.now();
    JSON.parse(page);
    millis += performance.now() - start;
  }
  return millis;
}

/** The command itself, with a heap that the file does not fit into several times over. */
function memoryOf(root: string, file: string): Measurement {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      `--max-old-space-size=${String(HEAP_MEGABYTES)}`,
      ...['--require', path.join(__dirname, 'report-memory.cjs')],
      ...[path.join(root, 'bin', 'portcullis.cjs'), 'plan', '--json', '--rules', file],
      ...['--control', CONTROLS.map(({ id }) => id).join()],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`portcullis plan ended with ${String(status)}: ${stderr}`);
  const [megabytes, fileMegabytes] = [Number(stderr) / 1024, statSync(file).size / 1024 / 1024];
  return {
    name: `memory of portcullis plan, heap limited to ${String(HEAP_MEGABYTES)} MB`,
    value: megabytes,
    unit: 'MB',
    against: `the file: ${fileMegabytes.toFixed(0)} MB`,
    ratio: megabytes / fileMegabytes,
  };
}
