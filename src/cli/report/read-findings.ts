import { findingsIn } from '../../core/findings/findings-in';
import { InputError } from '../cli-error';
import { PageChain, type PartRemark } from '../input/page-chain';
import { readInRuns } from '../input/read-documents';
import type { ReadText } from '../../report-files/capture';
import { nameOf } from '../input/text-file';
import { deliveredIn } from './firehose-records';

/**
 * Called with findings, each unread, in the order of the input. @param text their JSON as it was read, where that is
 * known
 */
export type TakeFindings = (findings: readonly unknown[], text?: ReadText) => void;

/**
 * The findings in a file, or in stdin for `-`: what the AWS CLI prints of them, events of EventBridge as Firehose or a
 * log keeps them, findings one a line; one document or more.
 *
 * @param partial whether one page of several is asked for
 * @param take none of the findings is held here
 * @returns what to say about the input as a whole
 * @throws InputError
 */
export async function readFindingsTogether(
  file: string,
  partial: boolean,
  take: TakeFindings,
): Promise<PartRemark | undefined> {
  const pages = new PageChain();
  const takeAll = (document: unknown, from: string, isRest: boolean): void => {
    const findings = findingsIn(document);
    if (findings === undefined) {
      throw new InputError(
        `${from} holds no findings: expected {"Findings":[…]} from aws securityhub get-findings, a list, or events of Security Hub`,
      );
    }
    take(isRest ? findings.filter((finding) => !isPlaceholder(finding)) : findings);
  };
  const takeElement = (value: unknown, from: string, text: ReadText | undefined): void => {
    if (isPage(value)) pages.add(value);
    if (findingsIn(value) === undefined || isFindingItself(value)) take([value], text);
    else takeAll(value, from, false);
  };
  const takeDocument = (value: unknown, from: string, text?: string): void => {
    pages.add(value);
    if (text !== undefined && isFindingItself(value)) {
      take([value], { text: text.trim(), between: undefined });
      return;
    }
    const delivered = deliveredIn(value, from);
    // What has been given as an element is there as {}.
    if (delivered === undefined) takeAll(value, from, Array.isArray(value) || isPage(value));
    else for (const event of delivered) takeAll(event, from, false);
  };
  for await (const batch of readInRuns(file, ['Findings'])) {
    for (const read of batch) {
      const { from } = read;
      if (read.kind === 'document') takeDocument(read.value, from, read.text);
      else if (read.kind === 'element') {
        takeElement(read.value, from, read.text === undefined ? undefined : { text: read.text, between: undefined });
      } else if (read.values.every(isFindingItself)) {
        // A document each, or an element.
        if (read.kind === 'documents') for (const value of read.values) pages.add(value);
        take(read.values, read);
      } else if (read.kind === 'elements') for (const value of read.values) takeElement(value, from, undefined);
      else for (const value of read.values) takeDocument(value, from);
    }
  }
  return pages.remark(nameOf(file), 'findings', partial);
}

/** The same, one at a time. @throws InputError */
export function readFindings(
  file: string,
  partial: boolean,
  take: (finding: unknown) => void,
): Promise<PartRemark | undefined> {
  return readFindingsTogether(file, partial, (findings) => {
    for (const finding of findings) take(finding);
  });
}

/** What is neither a page of findings nor an event that has some. */
function isFindingItself(value: unknown): boolean {
  const [finding, ...more] = findingsIn(value) ?? [];
  return finding === value && more.length === 0;
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Findings' in value;
}

function isPlaceholder(finding: unknown): boolean {
  return typeof finding === 'object' && finding !== null && Object.keys(finding).length === 0;
}
