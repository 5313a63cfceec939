import type { FaultPoint } from '../faults-everywhere/fault-point';
import { runInLanes } from '../faults-everywhere/run-in-lanes';
import type { HowToRun, TrialResult } from '../faults-everywhere/run-trials';
import { renderTrial, type Trial } from '../faults-everywhere/trial';
import { openAskingStage, type AskingStage } from './asking-stage';
import { playStory, playStoryFaultless } from './play-story';
import { STORIES } from './stories';

/** What every story calls when nothing goes wrong. */
export async function playStoriesFaultless(
  names: readonly string[],
): Promise<ReadonlyMap<string, readonly FaultPoint[]>> {
  const stage = await openAskingStage();
  try {
    const points = new Map<string, readonly FaultPoint[]>();
    for (const story of STORIES.filter(({ name }) => names.includes(name))) {
      points.set(story.name, await playStoryFaultless(stage, story));
    }
    return points;
  } finally {
    await stage.stop();
  }
}

/** Plays trials, each once. */
export function runStories(trials: readonly Trial[], how: HowToRun): Promise<readonly TrialResult[]> {
  return runInLanes(trials, { ...how, trialsPerStage: 40, open: openAskingStage, play: runStory });
}

async function runStory(stage: AskingStage, trial: Trial): Promise<TrialResult> {
  const story = STORIES.find(({ name }) => name === trial.scenario);
  if (!story) throw new Error(`there is no story "${trial.scenario}"`);
  try {
    return { trial, ...(await playStory(stage, story, trial.injections)) };
  } catch (error) {
    throw new Error(`${renderTrial(trial)} broke the test itself`, { cause: error });
  }
}
