import { createDigesterAdapters } from '../aws/adapters/digester-adapters';
import { createJsonLog } from '../aws/cloudwatch/json-log';
import { sendDigest } from '../flow/digesting/send-digest';
import { parseDigesterSettings } from './settings/digester-settings';

const log = createJsonLog();
const settings = parseDigesterSettings(process.env);
const adapters = createDigesterAdapters(settings);

/** Started by the schedule. What it throws, Lambda tries again twice, and then lays it aside. */
export const handler = async (event?: { readonly scheduledAt?: unknown }): Promise<{ readonly digest?: string }> => {
  const sent = await sendDigest(event?.scheduledAt, settings, adapters);
  if (!sent.ok) {
    log.error('There is no digest', { cause: sent.error.cause });
    throw new Error(`There is no digest: ${sent.error.cause}`);
  }
  log.info(sent.value === undefined ? 'There is nothing to send' : 'The digest is on its way', { digest: sent.value });
  return sent.value === undefined ? {} : { digest: sent.value };
};
