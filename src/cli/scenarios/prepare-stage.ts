import type { SandboxClients } from './sandbox-clients';

/** Where a scenario is prepared: who plays an outside user, and who looks on. */
export interface PrepareStage {
  readonly clients: SandboxClients;
  readonly partition: string;
  /** Shows the spectator what happens, in a few words. */
  readonly say: (line: string) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** The sandbox's time, where it can be made to go on. */
  readonly time?: { readonly now: () => number; readonly advance: (millis: number) => Promise<void> };
}
