import { BUTTONS } from '../../interactions/buttons';
import type { NoticedQuestion } from '../notice';
import { plainText, type SlackBlock, type SlackButton } from './blocks';

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
      button(BUTTONS.leaveUntil, 'Leave open until…', id),
      button(BUTTONS.acceptUntil, 'Accept risk until…', id),
      button(BUTTONS.deny, 'Deny', id),
      button(BUTTONS.comment, 'With a comment…', id),
    ],
  };
}

function button(action: string, text: string, value: string): SlackButton {
  return { type: 'button', action_id: action, text: plainText(text), value };
}
