import { truncateText } from '../truncate-text';

/** What chat.postMessage and chat.update take beside the channel. https://docs.slack.dev/reference/block-kit/blocks */
export interface SlackMessage {
  /** What notifications of people's devices show. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

export type SlackBlock =
  | { readonly type: 'header'; readonly text: PlainText }
  | { readonly type: 'section'; readonly text: Mrkdwn }
  | { readonly type: 'section'; readonly fields: readonly Mrkdwn[] }
  | { readonly type: 'actions'; readonly block_id: string; readonly elements: readonly SlackButton[] };

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export interface SlackButton {
  readonly type: 'button';
  readonly action_id: string;
  readonly text: PlainText;
  /** At most 2,000 characters: what a click carries. */
  readonly value: string;
  readonly style?: 'primary' | 'danger';
  /** Asked before the click counts. */
  readonly confirm?: {
    readonly title: PlainText;
    readonly text: PlainText;
    readonly confirm: PlainText;
    readonly deny: PlainText;
  };
}

export interface PlainText {
  readonly type: 'plain_text';
  readonly text: string;
  readonly emoji: false;
}

export interface Mrkdwn {
  readonly type: 'mrkdwn';
  readonly text: string;
  /** Names of channels and addresses in it are no links. */
  readonly verbatim: true;
}

const MAX_HEADER = 150;

/** Text in which nothing is markup. */
export function plainText(text: string): PlainText {
  return { type: 'plain_text', text, emoji: false };
}

/** @param text what is of others in it is escaped */
export function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A line in large letters: what is longer than Slack takes is truncated. */
export function toHeader(title: string): SlackBlock {
  return { type: 'header', text: plainText(truncateText(title, MAX_HEADER)) };
}

/** @param text of at most 3,000 characters */
export function toSection(text: string): SlackBlock {
  return { type: 'section', text: mrkdwn(text) };
}
