import type { SweeperResources } from '../../aws/adapters/sweeper-adapters';
import * as z from '../../core/zod-mini';
import type { SweepSettings } from '../../flow/sweeping/sweep';
import { parseSettings, text, type Environment } from './parse-settings';
import { list, number } from './setting-schemas';

export type SweeperSettings = SweeperResources & SweepSettings;

/** `80` or `1020-1025`. */
const ranges = z.pipe(
  z.pipe(list, z.array(z.string().check(z.regex(/^\d{1,5}(-\d{1,5})?$/)))),
  z.transform((texts: string[]) =>
    texts.map((each) => {
      const [from = NaN, to = from] = each.split('-').map(Number);
      return { from, to };
    }),
  ),
);

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_MEMBER_ROLE: text,
  PORTCULLIS_BUS_NAME: text,
  /** Missing where nobody looks at single targets. */
  PORTCULLIS_LOOKS_QUEUE: z.exactOptional(text),
  PORTCULLIS_PREFIX: text,
  PORTCULLIS_HUB_ACCOUNT: text,
  PORTCULLIS_REOPENED_CLOSINGS: number,
  PORTCULLIS_REOPENED_HOURS: number,
  /** Comma-separated. */
  PORTCULLIS_PUBLIC_TCP_PORTS: ranges,
  PORTCULLIS_PUBLIC_UDP_PORTS: ranges,
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseSweeperSettings(environment: Environment): SweeperSettings {
  const data = parseSettings(schema, environment);
  return {
    ledgerTable: data.PORTCULLIS_LEDGER_TABLE,
    memberRole: data.PORTCULLIS_MEMBER_ROLE,
    busName: data.PORTCULLIS_BUS_NAME,
    ...(data.PORTCULLIS_LOOKS_QUEUE === undefined ? {} : { looksQueue: data.PORTCULLIS_LOOKS_QUEUE }),
    prefix: data.PORTCULLIS_PREFIX,
    reopened: { closings: data.PORTCULLIS_REOPENED_CLOSINGS, hours: data.PORTCULLIS_REOPENED_HOURS },
    hubAccount: data.PORTCULLIS_HUB_ACCOUNT,
    publicPorts: { tcp: data.PORTCULLIS_PUBLIC_TCP_PORTS, udp: data.PORTCULLIS_PUBLIC_UDP_PORTS },
  };
}
