import type { SweeperResources } from '../../aws/adapters/sweeper-adapters';
import * as z from '../../core/zod-mini';
import type { SweepSettings } from '../../flow/sweeping/sweep';
import { parseSettings, text, type Environment } from './parse-settings';
import { baseline, number } from './setting-schemas';

export type SweeperSettings = SweeperResources & SweepSettings;

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_MEMBER_ROLE: text,
  PORTCULLIS_MEMBER_VERSION: text,
  PORTCULLIS_BUS_NAME: text,
  /** Missing where single targets are not re-checked. */
  PORTCULLIS_RECHECK_QUEUE: z.exactOptional(text),
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_HUB_ACCOUNT: text,
  PORTCULLIS_REOPENED_CLOSINGS: number,
  PORTCULLIS_REOPENED_HOURS: number,
  PORTCULLIS_BASELINE: baseline,
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseSweeperSettings(environment: Environment): SweeperSettings {
  const data = parseSettings(schema, environment);
  return {
    ledgerTable: data.PORTCULLIS_LEDGER_TABLE,
    memberRole: data.PORTCULLIS_MEMBER_ROLE,
    memberVersion: data.PORTCULLIS_MEMBER_VERSION,
    busName: data.PORTCULLIS_BUS_NAME,
    ...(data.PORTCULLIS_RECHECK_QUEUE === undefined ? {} : { recheckQueue: data.PORTCULLIS_RECHECK_QUEUE }),
    prefix: data.PORTCULLIS_PREFIX,
    reopened: { closings: data.PORTCULLIS_REOPENED_CLOSINGS, hours: data.PORTCULLIS_REOPENED_HOURS },
    hubAccount: data.PORTCULLIS_HUB_ACCOUNT,
    ...(data.PORTCULLIS_BASELINE === undefined ? {} : { baseline: data.PORTCULLIS_BASELINE }),
  };
}
