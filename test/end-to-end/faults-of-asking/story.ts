import type { Violation } from '../faults-everywhere/violations';
import type { AskedGroup } from './act';
import type { AskingStage } from './asking-stage';

/** Something that is asked, accepted or granted, from its beginning to behind its end. */
export interface Story {
  readonly name: string;
  readonly prepare: (stage: AskingStage) => Promise<AskedGroup>;
  /** @returns what was promised and is not so; nothing says that the story went as it does without a fault */
  readonly play: (stage: AskingStage, group: AskedGroup) => Promise<readonly Violation[]>;
}

/** Longer than queues and executions try again, and than a fault lasts. */
export const PATIENCE_HOURS = 5;

export const violation = (kind: Violation['kind'], detail: string): readonly Violation[] => [{ kind, detail }];
