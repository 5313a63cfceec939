import type { DigesterResources } from '../../aws/adapters/digester-adapters';
import type { DigestTerms } from '../../flow/digesting/send-digest';
import * as z from '../../core/zod-mini';
import { parseSettings, text, type Environment } from './parse-settings';

export interface DigesterSettings extends DigesterResources, DigestTerms {}

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_MAIL_QUEUE_URL: z.url(),
  PORTCULLIS_DIGEST_WHEN_QUIET: z.enum(['true', 'false']),
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseDigesterSettings(environment: Environment): DigesterSettings {
  const data = parseSettings(schema, environment);
  return {
    ledgerTable: data.PORTCULLIS_LEDGER_TABLE,
    queueUrl: data.PORTCULLIS_MAIL_QUEUE_URL,
    whenQuiet: data.PORTCULLIS_DIGEST_WHEN_QUIET === 'true',
  };
}
