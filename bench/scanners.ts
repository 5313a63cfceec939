import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod';
import { parseTargets } from '../src/core/network/parse-targets';
import { planClosing } from '../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../src/core/planning/plan-policy';
import { median } from './median';
import type { Measurement } from './measurement';
import { groupsToScan, openGroups } from './scanners/groups-to-scan';
import { ensurePython } from './scanners/python-environment';

const REPEATS = 5;

const SCANNERS = [
  { name: 'Cloud Custodian', environment: 'c7n', script: 'c7n_open_ssh.py' },
  { name: 'Prowler', environment: 'prowler', script: 'prowler_open_ssh.py' },
] as const;

/** In the scanner's own process, without its start: milliseconds to read the file, and to judge all groups. */
const scanSchema = z.object({
  runs: z.array(z.object({ load: z.number(), evaluate: z.number() })).min(1),
  open: z.array(z.string()),
});
type Scan = z.infer<typeof scanSchema>;

/**
 * Which groups have SSH open to the world: the planner, which works out the plan too, against the scanners' own code on
 * the same file.
 *
 * @throws Unavailable when they cannot be installed here
 */
export function measureScanners(root: string, groups: number): readonly Measurement[] {
  const pythons = SCANNERS.map(({ environment }) => ensurePython(root, environment));
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-scanners-'));
  try {
    const file = path.join(directory, 'groups.json');
    writeFileSync(file, JSON.stringify(groupsToScan(groups)));
    const ours = scanOurselves(file);
    checkFound('The planner', ours, groups);
    return SCANNERS.flatMap(({ name, script }, index) => {
      const theirs = runScanner(pythons[index] ?? '', path.join(__dirname, 'scanners', script), file);
      checkFound(name, theirs, groups);
      const what = `${String(groups)} groups of 60 rules, open SSH`;
      return [
        compare(`${what}: judging`, evaluateOf(ours), evaluateOf(theirs), name),
        compare(`${what}: reading the file and judging`, totalOf(ours), totalOf(theirs), name),
      ];
    });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

function scanOurselves(file: string): Scan {
  let open: string[] = [];
  const runs = Array.from({ length: REPEATS }, () => {
    const began = performance.now();
    const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const loaded = performance.now();
    open = plannedGroups(json);
    return { load: loaded - began, evaluate: performance.now() - loaded };
  });
  return { runs, open };
}

function plannedGroups(json: unknown): string[] {
  const targets = parseTargets(json);
  if (!targets.ok) throw new Error(`The planner does not read the groups: ${JSON.stringify(targets.error)}`);
  const controls = [{ id: 'EC2.13', parameters: [] } as const];
  return targets.value
    .filter((resource) => planClosing({ resource, controls, policy: DEFAULT_PLAN_POLICY }).violations.length > 0)
    .map(({ id }) => id)
    .sort();
}

function runScanner(python: string, script: string, file: string): Scan {
  const { status, stdout, stderr, error } = spawnSync(python, [script, file, String(REPEATS)], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    // Neither may ask AWS for anything.
    env: { PATH: process.env['PATH'] ?? '', AWS_EC2_METADATA_DISABLED: 'true' },
  });
  if (status !== 0) throw new Error(`${script}: ${error?.message ?? stderr.slice(-2_000)}`);
  return scanSchema.parse(JSON.parse(stdout));
}

/** Speed is worth nothing where the answer is another one. */
function checkFound(name: string, { open }: Scan, groups: number): void {
  const expected = openGroups(groups);
  if (open.length === expected.length && open.every((id, index) => id === expected[index])) return;
  throw new Error(
    `${name} finds ${String(open.length)} open groups, not the ${String(expected.length)} that there are.`,
  );
}

function evaluateOf({ runs }: Scan): number {
  return median(runs.map(({ evaluate }) => evaluate));
}

function totalOf({ runs }: Scan): number {
  return median(runs.map(({ load, evaluate }) => load + evaluate));
}

function compare(what: string, ours: number, theirs: number, scanner: string): Measurement {
  return {
    name: `${what}, against ${scanner}`,
    value: ours,
    unit: 'ms',
    against: `${scanner}: ${theirs.toFixed(1)} ms`,
    ratio: ours / theirs,
  };
}
