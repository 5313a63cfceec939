import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { controlsOfInterest } from '../../../../src/core/configuration/controls-of-interest';
import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';
import { EXAMPLE_FILE } from '../../../../stacks/config';

function parsed(changes: Readonly<Record<string, unknown>>) {
  const example: unknown = parse(readFileSync(EXAMPLE_FILE, 'utf8'));
  return parseConfiguration({ ...(example as object), ...changes });
}

function mistakes(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const result = parsed(changes);
  return result.ok ? [] : result.error.map(renderMistake);
}

test('left out, Security Hub is CSPM', () => {
  expect(parsed({})).toMatchObject({ ok: true, value: { securityHub: 'cspm' } });
});

test.each(['V2', 'ocsf', true, ['cspm', 'v2']])('%j is no Security Hub, and the three are named', (securityHub) => {
  expect(mistakes({ securityHub })).toEqual([expect.stringContaining('write cspm, v2 or both')]);
});

test.each([
  { what: 'detection by CloudTrail', changes: { detection: { cloudTrail: true } }, at: 'detection.cloudTrail' },
  { what: 'a scheduled sweep', changes: { detection: { sweep: 'rate(1 day)' } }, at: 'detection.sweep' },
  { what: 'a watch', changes: { detection: { watch: ['1h'] } }, at: 'detection.watch' },
  { what: 'a drill', changes: { drill: { accounts: ['333333333333'] } }, at: 'drill' },
  { what: 'insights', changes: { insights: true }, at: 'insights' },
  {
    what: 'a report of findings as captured',
    changes: { reports: { schedule: 'rate(1 day)', formats: ['json'] } },
    at: 'reports.formats',
  },
  { what: 'automatic EC2.18', changes: { automatic: ['EC2.13', 'EC2.18'] }, at: 'automatic' },
  { what: 'filtered automatic EC2.18', changes: { automatic: [{ controls: ['EC2.18'] }] }, at: 'automatic' },
])('$what needs CSPM: v2 alone is refused with the fix, both is taken', ({ changes, at }) => {
  const found = mistakes({ securityHub: 'v2', ...changes });
  expect(found).toEqual([expect.stringMatching(new RegExp(`^${at.replace('.', '\\.')}: .*securityHub: both`))]);
  for (const securityHub of ['cspm', 'both']) expect(mistakes({ securityHub, ...changes })).toEqual([]);
});

test('with entries that decide, EC2.18 does not come from V2 alone', () => {
  const decisions = [{ do: 'auto' as const }];
  expect(controlsOfInterest({ automatic: [], decisions, securityHub: 'v2' })).not.toContain('EC2.18');
  expect(controlsOfInterest({ automatic: [], decisions, securityHub: 'both' })).toContain('EC2.18');
});
