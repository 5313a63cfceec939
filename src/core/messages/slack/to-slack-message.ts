import type { SlackRights } from '../../interactions/slack-rights';
import { wisherIn } from '../../interactions/wish';
import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { mrkdwn, toHeader, toSection, type Mrkdwn, type SlackBlock, type SlackMessage } from './blocks';
import { escapeWithin } from './escape-within';
import { nameInSlack } from './name-in-slack';
import { toClosedButtons } from './to-closed-buttons';
import { toQuestionButtons } from './to-question-buttons';

/**
 * Slack's limits are 3,000 for a section, 2,000 for a field and ten of those, and some 13,200 for all blocks as JSON.
 */
const MAX_CHARACTERS = 12_500;
/** How much of a summary, and of each value, is shown: less where it is too much together. */
const SIZES = [
  { summary: 2800, value: 1000 },
  { summary: 2000, value: 500 },
  { summary: 1000, value: 150 },
] as const;
const MAX_SUMMARY = SIZES[0].summary;
const FIELDS_OF_SECTION = 10;
const MAX_TEXT = 300;
const MAX_APPROVERS = 1000;

/**
 * What happened, and what people need to know, in blocks within Slack's limits. What is truncated stands in `portcullis
 * show`.
 *
 * @param rights of people in Slack: what nobody may do there has no button
 */
export function toSlackMessage(notice: Notice, rights: SlackRights): SlackMessage {
  const title = titleOf(notice);
  const [whole, ...shorter] = SIZES.map((size) => toBlocks(notice, title, rights, size));
  const fits = [whole, ...shorter].find((blocks) => JSON.stringify(blocks).length <= MAX_CHARACTERS);
  return { text: escapeWithin(title, MAX_TEXT), blocks: fits ?? shorter.at(-1) ?? [] };
}

function toBlocks(
  notice: Notice,
  title: string,
  rights: SlackRights,
  size: (typeof SIZES)[number],
): readonly SlackBlock[] {
  const { summary, question, remediation } = notice;
  const facts = factsOf(notice).map(([name, value]) => mrkdwn(`*${name}*\n${escapeWithin(value, size.value) || '–'}`));
  return [
    toHeader(title),
    ...(summary.trim() === '' ? [] : [toSection(escapeWithin(summary, size.summary))]),
    ...inSections(facts),
    ...toWisher(remediation?.decidedBy),
    ...(question === undefined ? [] : [toSection(whoAnswers(question))]),
    ...(question === undefined || remediation === undefined
      ? []
      : [toSection(`\`portcullis show ${escapeWithin(remediation.id, MAX_TEXT)}\` shows more.`)]),
    ...(question !== undefined && isAnsweredInSlack(question, rights) ? [toQuestionButtons(question)] : []),
    ...toClosedButtons(notice, rights),
  ];
}

/** Whose wish it was hears what became of it. */
function toWisher(decidedBy = ''): readonly SlackBlock[] {
  const wisher = wisherIn(decidedBy);
  return wisher === undefined ? [] : [toSection(`*Asked for by* ${nameInSlack(wisher)}`)];
}

/** Buttons for nobody would be a promise that nobody keeps. */
function isAnsweredInSlack({ approvers }: NonNullable<Notice['question']>, rights: SlackRights): boolean {
  return (approvers ?? rights.approvers).some((approver) => approver.startsWith('slack:'));
}

/** Those of Slack are mentioned by their names, and hear of it. */
function whoAnswers({ id, approvers, onSilence }: NonNullable<Notice['question']>): string {
  const silence =
    onSilence === 'close' ? 'Without an answer it is closed then.' : 'Without an answer it stays as it is.';
  const elsewhere = `\`portcullis approve ${escapeWithin(id, MAX_TEXT)}\` and \`deny\` answer, too. ${silence}`;
  if (approvers === undefined) return elsewhere;
  return `*Who may answer*: ${namesOf(approvers)}. ${elsewhere}`;
}

function namesOf(approvers: readonly string[]): string {
  const names = approvers.map(nameInSlack).join(', ');
  return names.length <= MAX_APPROVERS ? names : `${String(approvers.length)} approvers`;
}

/**
 * What is said in the thread of a message that was changed: changing one notifies nobody. Who is reminded, or asked as
 * well, hears of it by their name.
 */
export function toSlackReply(notice: Notice): SlackMessage {
  const { question } = notice;
  const called = question?.isReminder === true ? (question.escalatedTo ?? question.approvers) : undefined;
  const names = namesOf(called ?? []);
  const calling = names === '' ? [] : [toSection(`*Who may answer*: ${names}`)];
  const summary = notice.summary.trim() === '' ? '' : `\n${escapeWithin(notice.summary, MAX_SUMMARY)}`;
  const text = escapeWithin(titleOf(notice), MAX_TEXT);
  return { text, blocks: [toSection(`${text}${summary}`), ...calling] };
}

function inSections(fields: readonly Mrkdwn[]): readonly SlackBlock[] {
  const sections: SlackBlock[] = [];
  for (let from = 0; from < fields.length; from += FIELDS_OF_SECTION) {
    sections.push({ type: 'section', fields: fields.slice(from, from + FIELDS_OF_SECTION) });
  }
  return sections;
}
