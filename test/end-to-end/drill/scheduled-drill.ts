import type { Execution } from '../deployed/sandbox-controls';
import type { Deployed } from '../deployed-portcullis';

export const SCHEDULED = 'test/end-to-end/drill/scheduled.yaml';

const DAY_MILLIS = 86_400_000;

interface LoggedStep {
  readonly account: string;
  readonly region: string;
  readonly step: string;
  readonly status: string;
  readonly found: string;
  readonly fix: string;
}

export interface ScheduledDrill {
  readonly steps: readonly LoggedStep[];
  /** How executions of the driller ended. */
  readonly ended: readonly string[];
  /** The last line of the log. */
  readonly end: string;
}

/** Executions of the driller. */
export async function drillsOf(portcullis: Deployed): Promise<readonly Execution[]> {
  const all = await portcullis.executions();
  return all.filter(({ arn }) => arn.includes(':Portcullis-Driller:'));
}

/** Waits until the schedule is due, and the drill over. */
export async function playScheduledDrill(portcullis: Deployed): Promise<ScheduledDrill> {
  await portcullis.clock.advance(DAY_MILLIS);
  await portcullis.settle();
  const logged = await portcullis.ask<readonly { readonly line: string }[]>('lambda/logs', {
    functionName: 'Portcullis-Driller',
  });
  const lines = logged.map(({ line }) => line);
  return {
    steps: lines.filter((line) => line.includes('"step":')).map((line) => JSON.parse(line) as LoggedStep),
    ended: (await drillsOf(portcullis)).map(({ status }) => status),
    end: lines.at(-1) ?? '',
  };
}
