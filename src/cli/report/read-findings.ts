import { findingsIn } from '../../core/findings/findings-in';
import { InputError } from '../cli-error';
import { PageChain, type PartRemark } from '../input/page-chain';
import { readDocuments } from '../input/read-documents';
import { nameOf } from '../input/text-file';
import { deliveredIn } from './firehose-records';

/** Records in the order of the input, each unread, and what to say about the input as a whole. */
export interface ReadRecords {
  readonly records: readonly unknown[];
  readonly remark: PartRemark | undefined;
}

/**
 * The findings in a file, or in stdin for `-`: what the AWS CLI prints of them, events of EventBridge as Firehose or a log
 * keeps them, findings one a line; one document or more.
 *
 * @param partial whether one page of several is asked for
 * @throws InputError
 */
export async function readFindings(file: string, partial: boolean): Promise<ReadRecords> {
  const name = nameOf(file);
  const pages = new PageChain();
  const records: unknown[] = [];
  const take = (document: unknown, from: string, isRest: boolean): void => {
    const findings = findingsIn(document);
    if (findings === undefined) {
      throw new InputError(
        `${from} holds no findings: expected {"Findings":[…]} from aws securityhub get-findings, a list, or events of Security Hub`,
      );
    }
    for (const finding of findings) if (!isRest || !isPlaceholder(finding)) records.push(finding);
  };
  for await (const batch of readDocuments(file, ['Findings'])) {
    for (const { kind, value, from } of batch) {
      if (kind === 'element') {
        if (isPage(value)) pages.add(value);
        if (findingsIn(value) === undefined) records.push(value);
        else take(value, from, false);
      } else {
        pages.add(value);
        const delivered = deliveredIn(value, from);
        // What has been given as an element is there as {}.
        if (delivered === undefined) take(value, from, Array.isArray(value) || isPage(value));
        else for (const event of delivered) take(event, from, false);
      }
    }
  }
  return { records, remark: pages.remark(name, 'findings', partial) };
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Findings' in value;
}

function isPlaceholder(finding: unknown): boolean {
  return typeof finding === 'object' && finding !== null && Object.keys(finding).length === 0;
}
