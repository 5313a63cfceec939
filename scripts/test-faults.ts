import { parseArgs } from 'node:util';
import { renderReport } from '../test/end-to-end/faults-everywhere/report-trials';
import { playAllFaultless, runTrials, shrink } from '../test/end-to-end/faults-everywhere/run-trials';
import { SCENARIOS } from '../test/end-to-end/faults-everywhere/scenario';
import {
  allSingles,
  everyNth,
  oneOfEachSort,
  parseTrial,
  randomPairs,
  renderTrial,
  shuffled,
  type Trial,
} from '../test/end-to-end/faults-everywhere/trial';

const HELP = `npm run test:faults -- [options]
  --pairs N        runs with two faults at random calls (default 500)
  --seed N         of the pairs and of the order (default: another one each time; it is printed)
  --every N        only every N-th single fault (default 1: all of them)
  --only TEXT      only runs whose name contains the text, such as keep-443 or killed-
  --sample         calls of every sort once, each with another kind; no pairs
  --replay NAME    one run, by the name that a violation was printed with
  --lanes N        sandboxes side by side (default 2)
  --minutes N      no new run after so long`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      pairs: { type: 'string', default: '500' },
      seed: { type: 'string', default: String(Date.now() % 1_000_000) },
      every: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
      lanes: { type: 'string', default: '2' },
      minutes: { type: 'string', default: 'Infinity' },
      sample: { type: 'boolean', default: false },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const startedMillis = Date.now();
  const replayed = values.replay === undefined ? undefined : parseTrial(values.replay);
  // The name of a run begins with its scenario's.
  const wanted = values.replay ?? values.only;
  const named = SCENARIOS.filter(({ name }) => wanted.startsWith(`${name}+`));
  const scenarios = named.length > 0 ? named : SCENARIOS;
  const faultless = await playAllFaultless(scenarios);
  const points = new Map([...faultless].map(([name, each]) => [name, each.points]));
  const trials = replayed ? [replayed] : chooseTrials();
  let done = 0;
  const results = await runTrials(trials, faultless, {
    lanes: Number(values.lanes),
    isEnough: () => Date.now() - startedMillis > Number(values.minutes) * 60_000,
    onResult: ({ trial, violations }) => {
      done++;
      for (const { kind, detail } of violations) print(`VIOLATION ${kind} ${renderTrial(trial)}: ${detail}`);
      if (done % 50 === 0) print(`${String(done)} of ${String(trials.length)}, ${seconds()} s`);
    },
  });
  print(renderReport(results));
  for (const result of results.filter(
    ({ trial, violations }) => violations.length > 0 && trial.injections.length > 1,
  )) {
    const guilty = (await shrink(result, faultless)).map(({ trial }) => renderTrial(trial));
    print(`${renderTrial(result.trial)} comes down to ${guilty.join(' and ')}`);
  }
  print(`seed ${values.seed}, ${seconds()} s`);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;

  function chooseTrials(): readonly Trial[] {
    const singles = values.sample ? oneOfEachSort(points) : everyNth(allSingles(points), Number(values.every));
    const pairs = values.sample ? [] : randomPairs(points, Number(values.pairs), Number(values.seed));
    return shuffled([...singles, ...pairs], Number(values.seed)).filter((trial) =>
      renderTrial(trial).includes(values.only),
    );
  }

  function seconds(): string {
    return ((Date.now() - startedMillis) / 1000).toFixed(0);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main().then((status) => process.exit(status));
