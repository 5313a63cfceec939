import { cutText } from '../cut-text';
import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { escapeWithin } from './escape-within';

/** What chat.postMessage and chat.update take beside the channel. https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackMessage {
  /** What notifications of people's devices show. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | {
      readonly type: 'header';
      readonly text: { readonly type: 'plain_text'; readonly text: string; readonly emoji: false };
    }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: readonly Mrkdwn[] };

interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** Names of channels and addresses in it are no links. */
  readonly verbatim: true;
}

/** Slack's limits are 150 for a header, 3,000 for a section, 2,000 for a field and ten of those, and 13,000 for all blocks. */
const MAX_HEADER = 150;
const MAX_SUMMARY = 2800;
const MAX_VALUE = 500;
const FIELDS_OF_SECTION = 10;
const MAX_TEXT = 300;

/** What happened, and what people need to know, in blocks. */
export function toSlackMessage(notice: Notice): SlackMessage {
  const title = titleOf(notice);
  const fields = factsOf(notice).map(([name, value]) => mrkdwn(`*${name}*\n${escapeWithin(value, MAX_VALUE) || '–'}`));
  return {
    text: escapeWithin(title, MAX_TEXT),
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: cutText(title, MAX_HEADER), emoji: false } },
      ...(notice.summary.trim() === ''
        ? []
        : [{ type: 'section', text: mrkdwn(escapeWithin(notice.summary, MAX_SUMMARY)) } as const]),
      ...inSections(fields),
    ],
  };
}

/** What is said in the thread of a message that was changed: changing one notifies nobody. */
export function toSlackReply(notice: Notice): SlackMessage {
  const summary = notice.summary.trim() === '' ? '' : `\n${escapeWithin(notice.summary, MAX_SUMMARY)}`;
  const text = escapeWithin(titleOf(notice), MAX_TEXT);
  return { text, blocks: [{ type: 'section', text: mrkdwn(`${text}${summary}`) }] };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

function inSections(fields: readonly Mrkdwn[]): readonly SlackBlock[] {
  const sections: SlackBlock[] = [];
  for (let from = 0; from < fields.length; from += FIELDS_OF_SECTION) {
    sections.push({ type: 'section', fields: fields.slice(from, from + FIELDS_OF_SECTION) });
  }
  return sections;
}
