import { inspect, parseArgs } from 'node:util';
import { playStoriesFaultless, runStories } from '../test/end-to-end/faults-of-asking/run-stories';
import { STORIES } from '../test/end-to-end/faults-of-asking/stories';
import { renderReport } from '../test/end-to-end/faults-everywhere/report-trials';
import { playAllFaultless, runTrials, shrink, type HowToRun } from '../test/end-to-end/faults-everywhere/run-trials';
import type { FaultPoint } from '../test/end-to-end/faults-everywhere/fault-point';
import { toFault } from '../test/end-to-end/faults-everywhere/injection';
import { SCENARIOS } from '../test/end-to-end/faults-everywhere/scenario';
import {
  allOfEachSort,
  allSingles,
  everyNth,
  oneOfEachInterference,
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
  --sorts          every kind at one call of every sort; no pairs
  --asking         only the stories of asking: questions, exceptions, grants, Slack
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
      sorts: { type: 'boolean', default: false },
      asking: { type: 'boolean', default: false },
      replay: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    print(HELP);
    return 0;
  }
  const startedMillis = Date.now();
  const lanes = numberOf('lanes', values.lanes, 1);
  const minutes = numberOf('minutes', values.minutes, 0);
  const every = numberOf('every', values.every, 1);
  const pairs = numberOf('pairs', values.pairs, 0);
  const seed = numberOf('seed', values.seed, 0);
  const replayed = values.replay === undefined ? undefined : parseReplay(values.replay);
  // The name of a run begins with its scenario's.
  const wanted = values.replay ?? values.only;
  const isNamed = ({ name }: { readonly name: string }) => wanted === name || wanted.startsWith(`${name}+`);
  const isAnyNamed = [...SCENARIOS, ...STORIES].some(isNamed);
  const isPlayed = (each: { readonly name: string }) => !isAnyNamed || isNamed(each);
  const faultless = await playAllFaultless(values.asking ? [] : SCENARIOS.filter(isPlayed));
  const stories = STORIES.filter(isPlayed).map(({ name }) => name);
  const ofStories =
    stories.length === 0 ? new Map<string, readonly FaultPoint[]>() : await playStoriesFaultless(stories);
  const points = new Map([...faultless].map(([name, each]) => [name, each.points]));
  const trials = replayed ? [replayed] : chooseTrials();
  if (trials.length === 0) throw new WrongOption(`--only ${values.only}: no run has that in its name`);
  print(`${String(trials.length)} runs`);
  let done = 0;
  const how: HowToRun = {
    lanes,
    isEnough: () => Date.now() - startedMillis > minutes * 60_000,
    onResult: ({ trial, violations }) => {
      done++;
      for (const { kind, detail } of violations) print(`VIOLATION ${kind} ${renderTrial(trial)}: ${detail}`);
      if (done % 50 === 0) print(`${String(done)} of ${String(trials.length)}, ${seconds()} s`);
    },
  };
  const isOfStory = ({ scenario }: Trial) => STORIES.some(({ name }) => name === scenario);
  const results = [
    ...(await runStories(trials.filter(isOfStory), how)),
    ...(await runTrials(
      trials.filter((trial) => !isOfStory(trial)),
      faultless,
      how,
    )),
  ];
  print(renderReport(results));
  for (const result of results.filter(
    ({ trial, violations }) => violations.length > 0 && trial.injections.length > 1 && !isOfStory(trial),
  )) {
    const violating = (await shrink(result, faultless)).map(({ trial }) => renderTrial(trial));
    print(`${renderTrial(result.trial)} comes down to ${violating.join(' and ')}`);
  }
  print(`seed ${values.seed}, ${seconds()} s`);
  return results.some(({ violations }) => violations.length > 0) ? 1 : 0;

  function chooseTrials(): readonly Trial[] {
    // What people and machines do besides is played on the scenarios of closing.
    const asked = singlesOf(ofStories).filter(({ injections }) =>
      injections.every((each) => toFault(each) !== undefined),
    );
    const closing = [...singlesOf(points), ...(values.sample && points.size > 0 ? oneOfEachInterference() : [])];
    const singles = [...asked, ...closing];
    const twice = values.sample || values.sorts || points.size === 0 ? [] : randomPairs(points, pairs, seed);
    return shuffled([...singles, ...twice], seed).filter((trial) => renderTrial(trial).includes(values.only));
  }

  function singlesOf(calls: ReadonlyMap<string, readonly FaultPoint[]>): readonly Trial[] {
    if (values.sample) return oneOfEachSort(calls, every);
    return everyNth(values.sorts ? allOfEachSort(calls) : allSingles(calls), every);
  }

  function seconds(): string {
    return ((Date.now() - startedMillis) / 1000).toFixed(0);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A number of at least that, or the option is wrong. */
function numberOf(option: string, text: string, least: number): number {
  const number = Number(text);
  if (text.trim() !== '' && number >= least) return number;
  throw new WrongOption(`--${option} ${text}: must be a number, ${String(least)} or more`);
}

function parseReplay(name: string): Trial {
  try {
    const trial = parseTrial(name);
    if ([...SCENARIOS, ...STORIES].some(({ name }) => name === trial.scenario) && trial.injections.length > 0)
      return trial;
    throw new Error('it is not the name of a run, as a violation is printed with it');
  } catch (error) {
    throw new WrongOption(`--replay ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

class WrongOption extends Error {}

void main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    const isWrongOption = error instanceof WrongOption || (error instanceof TypeError && 'code' in error);
    process.stderr.write(isWrongOption ? `test:faults: ${error.message}; see --help\n` : `${inspect(error)}\n`);
    process.exit(isWrongOption ? 2 : 1);
  },
);
