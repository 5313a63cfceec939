import type { HowToRun, TrialResult } from './run-trials';
import type { Trial } from './trial';

/** A sandbox that is played on and thrown away. */
interface Stage {
  stop(): Promise<void>;
}

interface HowToPlay<On extends Stage> extends HowToRun {
  /** Trials on one stage before a new one is opened: what they leave behind slows it down. */
  readonly trialsPerStage: number;
  readonly open: () => Promise<On>;
  readonly play: (stage: On, trial: Trial) => Promise<TrialResult>;
}

/** Plays trials, each once, on stages side by side. */
export async function runInLanes<On extends Stage>(
  trials: readonly Trial[],
  { lanes, trialsPerStage, open, play, isEnough = () => false, onResult = () => undefined }: HowToPlay<On>,
): Promise<readonly TrialResult[]> {
  const waiting = [...trials];
  const results: TrialResult[] = [];
  const lane = async () => {
    while (waiting.length > 0 && !isEnough()) {
      const stage = await open();
      try {
        for (let played = 0; played < trialsPerStage && !isEnough(); played++) {
          const trial = waiting.shift();
          if (trial === undefined) return;
          const result = await play(stage, trial);
          results.push(result);
          onResult(result);
        }
      } finally {
        await stage.stop();
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return results;
}
