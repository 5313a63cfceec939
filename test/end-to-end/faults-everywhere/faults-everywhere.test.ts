import { renderReport } from './report-trials';
import { playAllFaultless, runTrials, type TrialResult } from './run-trials';
import { oneOfEachInterference, oneOfEachSort, renderTrial } from './trial';

/** One sort of call in so many: `npm run test:faults` plays them all, with every kind of fault. */
const SHARE = 3;

/** On a machine that has other things to do, no new run is begun after so long, once the fewest are played. */
const BUDGET_MILLIS = 65_000;
const FEWEST_RUNS = 5;

let results: readonly TrialResult[];
beforeAll(async () => {
  const startedMillis = Date.now();
  const interferences = oneOfEachInterference();
  const fewest = interferences.length + FEWEST_RUNS;
  let done = 0;
  const faultless = await playAllFaultless();
  // Two deployments are played without a fault: what remains to be mended there is in docs/testing.md.
  const alone = [...faultless].filter(([name]) => !name.endsWith('-beside-gate'));
  const points = new Map(alone.map(([name, { points: calls }]) => [name, calls]));
  // Beside the others from the first moment: stages are slow to open.
  results = await runTrials([...interferences, ...oneOfEachSort(points, SHARE)], faultless, {
    lanes: 2,
    isEnough: () => done >= fewest && Date.now() - startedMillis > BUDGET_MILLIS,
    onResult: () => done++,
  });
}, 600_000);

function expectNoViolations(of: readonly TrialResult[]): void {
  const report = renderReport(of);
  // Past Jest's console, which would put a stack trace under it.
  process.stdout.write(`${report.split('\n').at(-1) ?? ''}\n`);
  const violations = of.flatMap(({ violations: found }) => found);
  if (violations.length > 0) throw new Error(report);
  expect(of.filter(({ struck }) => struck === 0)).toEqual([]);
  expect(of.length).toBeGreaterThanOrEqual(FEWEST_RUNS);
}

const isInterference = ({ trial }: TrialResult) =>
  oneOfEachInterference().some((each) => renderTrial(each) === renderTrial(trial));

test('a fault at calls of every sort, each of another kind: nothing is RESOLVED that is open, touched that is not planned, lost or stuck', () => {
  expectNoViolations(results.filter((result) => !isInterference(result)));
});

test('a replaced document, a restored ledger, clocks that are off and an execution that cannot be started: nothing is RESOLVED that is open, done beyond the plan without a word, carried out late or lost', () => {
  expectNoViolations(results.filter(isInterference));
});
