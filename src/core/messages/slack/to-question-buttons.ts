import { BUTTONS } from '../../interactions/buttons';
import type { NoticedQuestion } from '../notice';
import { plainText, type SlackBlock } from './blocks';

/** What may be answered, in one row. */
export function toQuestionButtons({ id }: NoticedQuestion): SlackBlock {
  return {
    type: 'actions',
    block_id: `portcullis/${id}`,
    elements: [
      {
        type: 'button',
        action_id: BUTTONS.close,
        text: plainText('Close now'),
        value: id,
        style: 'danger',
        confirm: {
          title: plainText('Close it?'),
          text: plainText('What is shown as going is closed at once. It can be undone.'),
          confirm: plainText('Close now'),
          deny: plainText('Not yet'),
        },
      },
      { type: 'button', action_id: BUTTONS.deny, text: plainText('Deny'), value: id },
    ],
  };
}
