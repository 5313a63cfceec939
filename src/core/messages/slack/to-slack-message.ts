import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { mrkdwn, toHeader, toSection, type Mrkdwn, type SlackBlock, type SlackMessage } from './blocks';
import { escapeWithin } from './escape-within';
import { toQuestionButtons } from './to-question-buttons';

/** Slack's limits are 3,000 for a section, 2,000 for a field and ten of those, and 13,000 for all blocks. */
const MAX_SUMMARY = 2800;
const MAX_VALUE = 500;
const FIELDS_OF_SECTION = 10;
const MAX_TEXT = 300;

/**
 * What happened, and what people need to know, in blocks.
 *
 * @param hasButtons whether somebody in Slack may answer what is asked
 */
export function toSlackMessage(notice: Notice, hasButtons: boolean): SlackMessage {
  const title = titleOf(notice);
  const { summary, question } = notice;
  const fields = factsOf(notice).map(([name, value]) => mrkdwn(`*${name}*\n${escapeWithin(value, MAX_VALUE) || '–'}`));
  return {
    text: escapeWithin(title, MAX_TEXT),
    blocks: [
      toHeader(title),
      ...(summary.trim() === '' ? [] : [toSection(escapeWithin(summary, MAX_SUMMARY))]),
      ...inSections(fields),
      ...(hasButtons && question !== undefined ? [toQuestionButtons(question)] : []),
    ],
  };
}

/** What is said in the thread of a message that was changed: changing one notifies nobody. */
export function toSlackReply(notice: Notice): SlackMessage {
  const summary = notice.summary.trim() === '' ? '' : `\n${escapeWithin(notice.summary, MAX_SUMMARY)}`;
  const text = escapeWithin(titleOf(notice), MAX_TEXT);
  return { text, blocks: [toSection(`${text}${summary}`)] };
}

function inSections(fields: readonly Mrkdwn[]): readonly SlackBlock[] {
  const sections: SlackBlock[] = [];
  for (let from = 0; from < fields.length; from += FIELDS_OF_SECTION) {
    sections.push({ type: 'section', fields: fields.slice(from, from + FIELDS_OF_SECTION) });
  }
  return sections;
}
