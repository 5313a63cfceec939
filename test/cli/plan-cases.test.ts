import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../src/core/planning/plan';
import { renderAskReason } from '../../src/core/reasons/ask-reasons';
import { ruleText, stepText } from '../cases/case-text';
import { loadCases, type Case } from '../cases/load-cases';
import { runCli } from './run-cli';

const directory = mkdtempSync(join(tmpdir(), 'portcullis-cases-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function file(name: string, content: unknown): string {
  const path = join(directory, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

async function planOf({ controls, parameters, prefixLists, input }: Case): Promise<Plan> {
  const { exitCode, stdout, stderr } = await runCli([
    ...['plan', '--json', '--rules', file('input.json', input), '--control', controls.join()],
    ...(parameters === undefined ? [] : ['--parameters', JSON.stringify(parameters)]),
    ...(prefixLists === undefined ? [] : ['--prefix-lists', file('lists.json', prefixLists)]),
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return JSON.parse(stdout) as Plan;
}

/** A policy of its own is in a portcullis.yaml, which other tests read; who uses a group no file says. */
const rows = loadCases()
  .filter(({ file: name }) => name === 'specification-table.json')
  .flatMap(({ cases }) => cases)
  .filter(({ policy }) => policy === undefined);

test.each(rows.map((row) => [row.name, row] as const))('portcullis plan: %s', async (_name, row) => {
  const { steps, remaining, ask, askReasons } = await planOf(row);
  expect(steps.map(stepText)).toEqual(row.expected.steps);
  expect(remaining.map(ruleText)).toEqual(row.expected.remaining);
  expect(askReasons).toEqual(row.expected.ask);
  expect(ask).toEqual(row.expected.ask.map(renderAskReason));
});

test('These are all rows of the table but the one about a policy', () => {
  expect(rows.length).toBeGreaterThanOrEqual(17);
});
