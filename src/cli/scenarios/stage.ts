import type { PrepareStage } from './prepare-stage';

/** Where a scenario is played: the sandbox's clients, its hub, and how time passes. */
export interface Stage extends PrepareStage {
  readonly hub: { readonly account: string; readonly region: string };
  readonly pause: (millis: number) => Promise<void>;
  /** Of the deployment whose custom actions are chosen, where there are several. */
  readonly prefix?: string;
}
