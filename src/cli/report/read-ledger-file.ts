import { gunzipSync } from 'node:zlib';
import * as z from 'zod';
import { exceptionInItem } from '../../aws/ledger/exception-in-item';
import { InputError } from '../cli-error';
import { TOP_LIST } from '../input/json-scanner';
import { PageChain, type PartRemark } from '../input/page-chain';
import { readDocuments } from '../input/read-documents';
import { nameOf } from '../input/text-file';

/** Records and exceptions in the order of the input, each unread, and what to say about the input as a whole. */
export interface ReadRecords {
  readonly records: readonly unknown[];
  readonly exceptions: readonly unknown[];
  readonly remark: PartRemark | undefined;
}

/**
 * Remediation records in a file, or in stdin for `-`: a list, {"remediations":[…]}, records one a line, or what
 * `aws dynamodb scan` or an export of the table to S3 prints of the ledger's table; and the exceptions in it, also as
 * `portcullis exceptions list --json` prints them.
 *
 * @param partial whether one page of several is asked for
 * @throws InputError
 */
export async function readLedgerFile(file: string, partial: boolean): Promise<ReadRecords> {
  const pages = new PageChain();
  const records: unknown[] = [];
  for await (const batch of readDocuments(file, ['Items', 'remediations'])) {
    for (const read of batch) {
      if (read.kind === 'element') {
        if (read.list === TOP_LIST && isPage(read.value)) {
          pages.add(read.value);
          records.push(...recordsOnPage(read.value));
        } else records.push(...(read.list === 'Items' ? recordsOfItem(read.value) : [read.value]));
        continue;
      }
      pages.add(read.value);
      records.push(...recordsAround(read.value, read.from));
    }
  }
  const isException = (each: unknown): boolean => isFields(each) && 'exceptionId' in each && !('runs' in each);
  return {
    records: records.filter((each) => !isException(each)),
    exceptions: records.filter(isException),
    remark: pages.remark(nameOf(file), 'records', partial),
  };
}

/** What `jq --slurp` makes of pages: a list of them. */
function isPage(value: unknown): value is Readonly<Record<string, unknown>> {
  return isFields(value) && (Array.isArray(value['Items']) || Array.isArray(value['remediations']));
}

function recordsOnPage({ Items: items, remediations }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return [
    ...(Array.isArray(items) ? items.flatMap(recordsOfItem) : []),
    ...(Array.isArray(remediations) ? (remediations as readonly unknown[]) : []),
  ];
}

/** What is in no list that has been given: elements that are no objects, or a record that is a document. */
function recordsAround(document: unknown, from: string): readonly unknown[] {
  if (Array.isArray(document)) return document.filter((each) => !isFields(each));
  if (isFields(document)) {
    const { Items: items, remediations, Item: item, remediationId, exceptionId } = document;
    if (Array.isArray(items) || Array.isArray(remediations)) {
      return [items ?? [], remediations ?? []].flat().filter((each) => !isFields(each));
    }
    if (item !== undefined) return recordsOfItem(item);
    if (remediationId !== undefined || exceptionId !== undefined) return [document];
  }
  throw new InputError(
    `${from} holds no ledger: expected a list of remediations, {"remediations":[…]}, or {"Items":[…]} from aws dynamodb scan`,
  );
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const exceptionItem = z.object({ pk: z.object({ S: z.literal('EXCEPTION') }) });
const recordItem = z.object({ sk: z.object({ S: z.literal('RECORD') }), document: z.object({ B: z.base64() }) });

/** The table holds more than records and exceptions: claims, requests and pointers are none. */
function recordsOfItem(item: unknown): readonly unknown[] {
  if (exceptionItem.safeParse(item).success) return [exceptionOf(item)];
  const record = recordItem.safeParse(item);
  if (!record.success) return [];
  try {
    return [JSON.parse(gunzipSync(Buffer.from(record.data.document.B, 'base64')).toString('utf8'))];
  } catch {
    // Counted in the report as a record that could not be read.
    return [undefined];
  }
}

/** Counted in the report as an exception that could not be read, where it is none. */
function exceptionOf(item: unknown): unknown {
  try {
    const exception = exceptionInItem(item);
    return isFields(exception) ? { exceptionId: undefined, ...exception } : { exceptionId: undefined };
  } catch {
    return { exceptionId: undefined };
  }
}
