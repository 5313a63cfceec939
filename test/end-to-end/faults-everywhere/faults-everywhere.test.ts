import { renderReport } from './report-trials';
import { playAllFaultless, runTrials } from './run-trials';
import { oneOfEachSort } from './trial';

/** One sort of call in so many: `npm run test:faults` plays them all, with every kind of fault. */
const SHARE = 3;

/** On a machine that has other things to do, no new run is begun after so long, once the fewest are played. */
const BUDGET_MILLIS = 45_000;
const FEWEST_RUNS = 5;

test('a fault at calls of every sort, each of another kind: nothing is RESOLVED that is open, touched that is not planned, lost or stuck', async () => {
  const startedMillis = Date.now();
  const faultless = await playAllFaultless();
  const points = new Map([...faultless].map(([name, { points: calls }]) => [name, calls]));
  let played = 0;
  const results = await runTrials(oneOfEachSort(points, SHARE), faultless, {
    lanes: 2,
    isEnough: () => played >= FEWEST_RUNS && Date.now() - startedMillis > BUDGET_MILLIS,
    onResult: () => {
      played += 1;
    },
  });
  const report = renderReport(results);
  // Past Jest's console, which would put a stack trace under it.
  process.stdout.write(`${report.split('\n').at(-1) ?? ''}\n`);
  const violations = results.flatMap(({ violations: found }) => found);
  if (violations.length > 0) throw new Error(report);
  expect(results.filter(({ struck }) => struck === 0)).toEqual([]);
  expect(results.length).toBeGreaterThanOrEqual(FEWEST_RUNS);
}, 600_000);
