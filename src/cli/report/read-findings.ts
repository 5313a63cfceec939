import { findingsIn } from '../../core/findings/findings-in';
import { InputError } from '../cli-error';
import { PageChain, type PartRemark } from '../input/page-chain';
import { readDocuments } from '../input/read-documents';
import { nameOf } from '../input/text-file';
import { deliveredIn } from './firehose-records';

/**
 * The findings in a file, or in stdin for `-`: what the AWS CLI prints of them, events of EventBridge as Firehose or a
 * log keeps them, findings one a line; one document or more.
 *
 * @param partial whether one page of several is asked for
 * @param take told of every finding, unread, in the order of the input; none of them is held here
 * @returns what to say about the input as a whole
 * @throws InputError
 */
export async function readFindings(
  file: string,
  partial: boolean,
  take: (finding: unknown) => void,
): Promise<PartRemark | undefined> {
  const pages = new PageChain();
  const takeAll = (document: unknown, from: string, isRest: boolean): void => {
    const findings = findingsIn(document);
    if (findings === undefined) {
      throw new InputError(
        `${from} holds no findings: expected {"Findings":[…]} from aws securityhub get-findings, a list, or events of Security Hub`,
      );
    }
    for (const finding of findings) if (!isRest || !isPlaceholder(finding)) take(finding);
  };
  for await (const batch of readDocuments(file, ['Findings'])) {
    for (const { kind, value, from } of batch) {
      if (kind === 'element') {
        if (isPage(value)) pages.add(value);
        if (findingsIn(value) === undefined) take(value);
        else takeAll(value, from, false);
      } else {
        pages.add(value);
        const delivered = deliveredIn(value, from);
        // What has been given as an element is there as {}.
        if (delivered === undefined) takeAll(value, from, Array.isArray(value) || isPage(value));
        else for (const event of delivered) takeAll(event, from, false);
      }
    }
  }
  return pages.remark(nameOf(file), 'findings', partial);
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'Findings' in value;
}

function isPlaceholder(finding: unknown): boolean {
  return typeof finding === 'object' && finding !== null && Object.keys(finding).length === 0;
}
