import { renderReport } from '../faults-everywhere/report-trials';
import { oneOfEachSort } from '../faults-everywhere/trial';
import { playStoriesFaultless, runStories } from './run-stories';
import { STORIES } from './stories';

/** One sort of call in so many: `npm run test:faults` plays them all, with every kind of fault. */
const SHARE = 12;

/** On a machine that has other things to do, no new run is begun after so long, once the fewest are played. */
const BUDGET_MILLIS = 25_000;
const FEWEST_RUNS = 4;

test('a fault at calls of questions, exceptions, grants and channels: nobody unauthorized decides, nothing is decided or sent twice, nothing is open past its end or lost without an alarm', async () => {
  const startedMillis = Date.now();
  let done = 0;
  const points = await playStoriesFaultless(STORIES.map(({ name }) => name));
  const results = await runStories(oneOfEachSort(points, SHARE), {
    lanes: 1,
    isEnough: () => done >= FEWEST_RUNS && Date.now() - startedMillis > BUDGET_MILLIS,
    onResult: () => done++,
  });
  process.stdout.write(`${renderReport(results).split('\n').at(-1) ?? ''}\n`);
  const violations = results.flatMap((result) => result.violations);
  if (violations.length > 0) throw new Error(renderReport(results));
  expect(results.length).toBeGreaterThanOrEqual(FEWEST_RUNS);
}, 600_000);
