import { plainText, toSection, type PlainText, type SlackBlock } from './blocks';
import { escapeWithin } from './escape-within';

/** What is shown over everything else to whoever clicked. https://docs.slack.dev/reference/views/modal-views */
export interface SlackForm {
  readonly type: 'modal';
  readonly callback_id: string;
  readonly private_metadata: string;
  readonly title: PlainText;
  /** Missing where there is nothing to fill in. */
  readonly submit?: PlainText;
  readonly close: PlainText;
  readonly blocks: readonly (SlackBlock | SlackInput)[];
}

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
export interface SlackInput {
  readonly type: 'input';
  readonly block_id: string;
  readonly label: PlainText;
  readonly optional?: true;
  readonly hint?: PlainText;
  readonly element:
    | { readonly type: 'datepicker'; readonly action_id: string }
    | SlackTextInput
    | {
        readonly type: 'radio_buttons';
        readonly action_id: string;
        readonly options: readonly { readonly text: PlainText; readonly value: string }[];
      };
}

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export interface SlackTextInput {
  readonly type: 'plain_text_input';
  readonly action_id: string;
  readonly multiline?: true;
  readonly initial_value?: string;
  readonly placeholder?: PlainText;
  readonly max_length: number;
}

const MAX_SAID = 2800;

/**
 * A form in which there is nothing to fill in: it says something.
 *
 * @param title of at most 24 characters
 */
export function toSayingForm(title: string, said: string): SlackForm {
  return {
    type: 'modal',
    callback_id: 'portcullis_said',
    private_metadata: '',
    title: plainText(title),
    close: plainText('Close'),
    blocks: [toSection(escapeWithin(said, MAX_SAID))],
  };
}
