import type { FaultPoint } from '../faults-everywhere/fault-point';
import type { HowToRun, TrialResult } from '../faults-everywhere/run-trials';
import { renderTrial, type Trial } from '../faults-everywhere/trial';
import { openAskingStage } from './asking-stage';
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

/** Trials on one stage before a new one is opened: what they leave behind slows it down. */
const TRIALS_PER_STAGE = 40;

/** Plays trials, each once. */
export async function runStories(
  trials: readonly Trial[],
  { lanes, isEnough = () => false, onResult = () => undefined }: HowToRun,
): Promise<readonly TrialResult[]> {
  const waiting = [...trials];
  const results: TrialResult[] = [];
  const lane = async () => {
    while (waiting.length > 0 && !isEnough()) {
      const stage = await openAskingStage();
      try {
        for (let played = 0; played < TRIALS_PER_STAGE && !isEnough(); played += 1) {
          const trial = waiting.shift();
          if (trial === undefined) return;
          const story = STORIES.find(({ name }) => name === trial.scenario);
          if (!story) throw new Error(`there is no story "${trial.scenario}"`);
          try {
            const result = { trial, ...(await playStory(stage, story, trial.injections)) };
            results.push(result);
            onResult(result);
          } catch (error) {
            throw new Error(`${renderTrial(trial)} broke the test itself`, { cause: error });
          }
        }
      } finally {
        await stage.stop();
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
