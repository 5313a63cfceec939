import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { InputError } from '../cli-error';
import { readJsonFile } from '../json-file';

/**
 * Findings as `aws securityhub get-findings` prints them, or their list alone; each is left unread.
 * @throws InputError
 */
export function readFindingsFile(file: string): readonly unknown[] {
  const json = readJsonFile(file);
  const findings = Array.isArray(json) ? z.array(z.unknown()).parse(json) : listIn(json, 'Findings');
  if (findings) return findings;
  throw new InputError(
    `${file} holds no findings: expected {"Findings":[…]} from aws securityhub get-findings, or a list`,
  );
}

/**
 * Remediation records: a list, {"remediations":[…]}, or what `aws dynamodb scan` prints of the ledger's table; each is
 * left unread.
 * @throws InputError
 */
export function readLedgerFile(file: string): readonly unknown[] {
  const json = readJsonFile(file);
  const records = Array.isArray(json) ? z.array(z.unknown()).parse(json) : listIn(json, 'remediations');
  if (records) return records;
  const items = listIn(json, 'Items');
  if (items) return items.flatMap((item) => recordsOfItem(item));
  throw new InputError(
    `${file} holds no ledger: expected a list of remediations, {"remediations":[…]}, or {"Items":[…]} from aws dynamodb scan`,
  );
}

function listIn(json: unknown, key: string): readonly unknown[] | undefined {
  const list = z.record(z.string(), z.unknown()).safeParse(json).data?.[key];
  return z.array(z.unknown()).safeParse(list).data;
}

const recordItem = z.object({ sk: z.object({ S: z.literal('RECORD') }), document: z.object({ B: z.base64() }) });

/** The table holds more than records: claims, requests and pointers are not remediations. */
function recordsOfItem(item: unknown): readonly unknown[] {
  const record = recordItem.safeParse(item);
  if (!record.success) return [];
  try {
    return [JSON.parse(gunzipSync(Buffer.from(record.data.document.B, 'base64')).toString('utf8'))];
  } catch {
    // Told in the report as a record that could not be read.
    return [undefined];
  }
}
