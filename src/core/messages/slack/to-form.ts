import { FIELDS, FORM, MOST_COMMENT } from '../../interactions/buttons';
import type { FormKind, FormMetadata } from '../../interactions/form-metadata';
import type { Question } from '../../questions/question';
import { plainText, toSection } from './blocks';
import { escapeWithin } from './escape-within';
import type { SlackForm, SlackInput } from './forms';

/** At most 24 characters. */
const TITLES: Readonly<Record<FormKind, string>> = {
  leave: 'Leave open until…',
  accept: 'Accept risk until…',
  comment: 'Answer with a comment',
};

const MAX_REASON = 1500;

/** What is asked for beside the answer: a day, a comment, or which answer it is. */
export function toForm(question: Question, metadata: FormMetadata): SlackForm {
  const { kind } = metadata;
  const { target, reason } = question;
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: JSON.stringify(metadata),
    title: plainText(TITLES[kind]),
    submit: plainText('Answer'),
    close: plainText('Not yet'),
    blocks: [
      toSection(`*${target.id}* in ${target.account}/${target.region}. ${escapeWithin(reason, MAX_REASON)}`),
      ...(kind === 'comment' ? [ANSWER] : [UNTIL[kind]]),
      toComment(kind === 'accept'),
    ],
  };
}

const ANSWER: SlackInput = {
  type: 'input',
  block_id: FIELDS.answer,
  label: plainText('Answer'),
  element: {
    type: 'radio_buttons',
    action_id: FIELDS.answer,
    options: [
      { text: plainText('Close now'), value: 'close' },
      { text: plainText('Deny: it stays open'), value: 'leave' },
    ],
  },
};

const DATE: SlackInput['element'] = { type: 'datepicker', action_id: FIELDS.until };

const UNTIL: Readonly<Record<Exclude<FormKind, 'comment'>, SlackInput>> = {
  leave: {
    type: 'input',
    block_id: FIELDS.until,
    label: plainText('Open until'),
    hint: plainText('At the beginning of this day, UTC, it is decided anew.'),
    element: DATE,
  },
  accept: {
    type: 'input',
    block_id: FIELDS.until,
    label: plainText('Accepted until'),
    hint: plainText(
      'At the beginning of this day, UTC, the exception ends. It covers what is open now, and nothing else.',
    ),
    element: DATE,
  },
};

function toComment(isNeeded: boolean): SlackInput {
  return {
    type: 'input',
    block_id: FIELDS.comment,
    label: plainText(isNeeded ? 'Why the risk is accepted' : 'Comment'),
    ...(isNeeded ? {} : { optional: true as const }),
    element: { type: 'plain_text_input', action_id: FIELDS.comment, multiline: true, max_length: MOST_COMMENT },
  };
}
