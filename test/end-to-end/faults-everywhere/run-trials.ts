import { playFaultless, playFaulty, type Faultless, type Played } from './play';
import { runInLanes } from './run-in-lanes';
import { SCENARIOS, type Scenario } from './scenario';
import { openStage, type Stage } from './stage';
import { renderTrial, type Trial } from './trial';

export interface TrialResult extends Played {
  readonly trial: Trial;
}

export type FaultlessByScenario = ReadonlyMap<string, Faultless>;

/** What every scenario calls, and how it ends, when nothing goes wrong. */
export async function playAllFaultless(scenarios: readonly Scenario[] = SCENARIOS): Promise<FaultlessByScenario> {
  if (scenarios.length === 0) return new Map();
  const stage = await openStage();
  try {
    const played = new Map<string, Faultless>();
    for (const scenario of scenarios) played.set(scenario.name, await playFaultless(stage, scenario));
    return played;
  } finally {
    await stage.stop();
  }
}

export interface HowToRun {
  /** Sandboxes side by side. */
  readonly lanes: number;
  /** Whether to stop before the next trial. */
  readonly isEnough?: () => boolean;
  readonly onResult?: (result: TrialResult) => void;
}

/** Plays trials, each once. */
export function runTrials(
  trials: readonly Trial[],
  faultless: FaultlessByScenario,
  how: HowToRun,
): Promise<readonly TrialResult[]> {
  return runInLanes(trials, {
    ...how,
    trialsPerStage: 60,
    open: openStage,
    play: async (stage, trial) => ({ trial, ...(await runTrial(stage, trial, faultless)) }),
  });
}

/** Faults of a trial that do harm alone: the trial itself where only their meeting does. */
export async function shrink(result: TrialResult, faultless: FaultlessByScenario): Promise<readonly TrialResult[]> {
  const { trial, violations } = result;
  if (violations.length === 0 || trial.injections.length === 1) return [result];
  const alone = await runTrials(
    trial.injections.map((injection) => ({ ...trial, injections: [injection] })),
    faultless,
    { lanes: 1 },
  );
  const violating = alone.filter((each) => each.violations.length > 0);
  return violating.length > 0 ? violating : [result];
}

async function runTrial(stage: Stage, trial: Trial, faultless: FaultlessByScenario): Promise<Played> {
  const scenario = SCENARIOS.find(({ name }) => name === trial.scenario);
  const peaceful = faultless.get(trial.scenario);
  if (!scenario || !peaceful) throw new Error(`there is no scenario "${trial.scenario}"`);
  try {
    return await playFaulty(stage, scenario, peaceful, trial.injections, followUpOf(trial));
  } catch (error) {
    throw new Error(`${renderTrial(trial)} broke the test itself`, { cause: error });
  }
}

/** Half of them are undone before anybody asks again; the same half in every run. */
function followUpOf(trial: Trial): 'again-first' | 'undo-first' {
  let hash = 0;
  for (const character of renderTrial(trial)) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return hash % 2 === 0 ? 'again-first' : 'undo-first';
}
