import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AWS_PRICES } from '../../bench/price/aws-prices';
import { priceOf, type Operations } from '../../bench/price/price-of';

// docs/cost.md says what was counted and what it comes to: every figure is held to counts and prices, and to its other
// places.

const fileOf = (file: string): string => readFileSync(join(__dirname, '..', '..', file), 'utf8');
const COST = fileOf('docs/cost.md');
const PERFORMANCE = fileOf('docs/performance.md');
const README = fileOf('README.md');

const cellsOf = (line: string): readonly string[] =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .slice(1, -1);
const rowsOf = (text: string, head: string): readonly (readonly string[])[] => {
  const lines = text.slice(text.indexOf(`| ${head}`)).split('\n');
  return lines
    .slice(
      2,
      lines.findIndex((line) => !line.startsWith('|')),
    )
    .map(cellsOf);
};

/** What the table does not tell is small, and only ever adds to the price. */
const NOT_IN_THE_TABLE: Pick<Operations, 'durableBytesWritten' | 'sqsRequests' | 'customEvents' | 'logBytes'> = {
  durableBytesWritten: 0,
  sqsRequests: 0,
  customEvents: 0,
  logBytes: 0,
};

const REMEDIATIONS = rowsOf(COST, 'one remediation ');
const dollars = (text = ''): number => Number(text.replace('$', ''));

test('five remediations are shown', () => {
  expect(REMEDIATIONS.map(([name]) => name)).toEqual([
    'plain close',
    'close, keeping 443',
    'close by itself, decided on context',
    'close by itself, Security Hub V2',
    'undo of a close',
  ]);
});

test('a search of flow logs is shown at the price of its page', () => {
  const { searchedGigabyte, searchedTerabyte } = AWS_PRICES;
  expect(COST.replaceAll(/\s+/g, ' ')).toContain(
    `Logs Insights takes $${String(searchedGigabyte.dollars)} for a GB that it scans, ` +
      `Athena $${String(searchedTerabyte.dollars)} for a TB`,
  );
});

test('a goal that is missed is said to be', () => {
  const missed = rowsOf(PERFORMANCE, 'one remediation ').filter(
    (row) => row[8] !== '' && Number(row[7]) > Number(row[8]),
  );
  expect(missed.map(([name]) => name)).toEqual(['close, keeping 443']);
  expect(PERFORMANCE).toContain('**That of keeping 443 is missed**');
});

test.each(REMEDIATIONS)('the price of a %s is what its operations cost', (...cells) => {
  const [steps = 0, seconds = 0, runs = 0, durable = 0, writes = 0, reads = 0] = cells.slice(1, 7).map(Number);
  const known = priceOf({
    ...NOT_IN_THE_TABLE,
    automationSteps: steps,
    lambdaGigabyteSeconds: seconds,
    lambdaInvocations: runs,
    durableOperations: durable,
    dynamoWriteUnits: writes,
    dynamoReadUnits: reads,
  });
  expect(dollars(cells[7])).toBeGreaterThanOrEqual(known);
  expect(dollars(cells[7])).toBeLessThan(known * 1.03);
  expect(dollars(cells[8])).toBeCloseTo(30_000 * dollars(cells[7]), 2);
});

test('counts and prices are those that docs/performance.md has measured', () => {
  const measured = rowsOf(PERFORMANCE, 'one remediation ');
  const names: Readonly<Record<string, string>> = { 'undo of a close': 'undo of a plain close' };
  for (const [name = '', steps, seconds, runs, durable, writes, reads, price] of REMEDIATIONS) {
    const row = measured.find(([other]) => other === (names[name] ?? name)) ?? [];
    expect([row[1], row[4], row[5], row[6]]).toEqual([steps, durable, `${writes ?? ''}/${reads ?? ''}`, price]);
    const [billed = 0, invocations = 0] = (row[3] ?? '').split(' s/').map(Number);
    // Functions have half a gigabyte.
    expect([billed / 2, invocations]).toEqual([Number(seconds), Number(runs)]);
  }
});

test('the peer costs as many times as much as is said, by its own figure', () => {
  expect(PERFORMANCE).toContain('$261.90 for 30,000');
  expect(Math.round(261.9 / dollars(REMEDIATIONS[0]?.[8]))).toBe(4);
  expect(COST).toContain('$261.90 for 30,000 a month: 4 times');
});

test('the alarms cost what the README says, which a test holds to the templates', () => {
  const [, price = ''] = /the alarms \((\$[\d.]+) a month/.exec(README) ?? [];
  expect(COST).toMatch(new RegExp(`alarms, ten cents[^|]*\\|\\s*\\${price} \\|`));
});

test('a step of SSM is nine tenths of a plain close', () => {
  expect(AWS_PRICES.automationStep.dollars / dollars(REMEDIATIONS[0]?.[7])).toBeCloseTo(0.9, 1);
});

test('a report a week is what it says in the bucket', () => {
  // https://aws.amazon.com/s3/pricing/: the first 50 TB of S3 Standard.
  const gigabytes = (340 / 1000) * (400 / 7);
  expect(Math.round(gigabytes)).toBeGreaterThanOrEqual(19);
  expect(Math.round(gigabytes)).toBeLessThanOrEqual(20);
  expect(20 * 0.023).toBeCloseTo(0.46, 2);
});

test('a dashboard costs what is said: its metrics are those that are counted with it only', () => {
  // https://aws.amazon.com/cloudwatch/pricing/: $0.30 a custom metric, $3.00 a dashboard beyond the third.
  const metrics = fileOf('src/flow/ports/metrics.ts').match(/With a dashboard only/g) ?? [];
  expect(metrics).toHaveLength(6);
  expect(COST.replaceAll(/\s+/g, ' ')).toContain(
    '$3 a month where the account has three others, and six metrics more, $1.80 at most',
  );
  expect(metrics.length * 0.3 + 3).toBeCloseTo(4.8, 5);
  expect(fileOf('src/core/configuration/schema/dashboard-schema.ts')).toContain('$4.80 a month');
  // An hour is one read of at most 4 KB, read consistently, for each question: 730 hours of 1,000.
  expect(730 * 1000 * AWS_PRICES.dynamoReadUnit.dollars).toBeCloseTo(0.09, 2);
  expect(COST.replaceAll(/\s+/g, ' ')).toContain('nine cents a month where these are 1,000');
});
