import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { SCENARIOS } from '../../src/cli/start/run-start';
import { runCli, runInstalledCli } from './run-cli';

/** What scripts rely on; more may be there. */
const outcomesSchema = z.object({
  ok: z.boolean(),
  scenarios: z.array(
    z.object({
      name: z.string(),
      trigger: z.enum(['custom-action', 'automatic']),
      controls: z.array(z.string()).min(1),
      target: z.object({ account: z.string(), region: z.string(), id: z.string() }),
      outcome: z.string(),
      workflow: z.string(),
      note: z.string(),
      openAfter: z.array(z.object({})),
      millis: z.number(),
    }),
  ),
});

let out: string;
beforeAll(() => {
  out = join(mkdtempSync(join(tmpdir(), 'portcullis-start-')), 'out');
});
afterAll(() => {
  rmSync(out, { recursive: true, force: true });
});

test('npm start -- --json: every scenario ends as it should, and the report is written', async () => {
  const { exitCode, stdout, stderr } = await runInstalledCli(['start', '--json', '--out', out]);
  const { ok, scenarios } = outcomesSchema.parse(JSON.parse(stdout));
  expect({ exitCode, ok }).toEqual({ exitCode: 0, ok: true });
  expect(scenarios.map(({ name }) => name)).toEqual(SCENARIOS.map(({ name }) => name));
  expect(stderr).toMatch(
    /\nall 19 scenarios ended as they should, in \d+\.\d s; \S+report\.html, \S+findings\.csv(, \S+\.(csv|json))*\n$/,
  );
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toContain('</html>');
  expect(readFileSync(join(out, 'findings.csv'), 'utf8').split('\n').length).toBeGreaterThan(scenarios.length);
});

test('the help and the README say how many scenarios there are', async () => {
  expect(SCENARIOS).toHaveLength(19);
  expect((await runCli(['start', '--help'])).stdout).toMatch(/in\s+nineteen\s+scenarios/);
  expect(readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8')).toContain('plays nineteen scenarios');
});
