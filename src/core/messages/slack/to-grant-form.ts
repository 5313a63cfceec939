import type { GrantLimits } from '../../grants/grant';
import { GRANT_FIELDS, GRANT_FORM, MOST_COMMENT } from '../../interactions/buttons';
import { plainText } from './blocks';
import type { SlackForm, SlackInput, SlackTextInput } from './forms';

const MOST_TARGET = 128;
const MOST_SOURCE = 64;

/**
 * Asks for what somebody wants opened for a while.
 *
 * @param target as people write it, where the click says which; else empty
 */
export function toGrantForm(target: string, { maximumMinutes, ports, ipv4 }: GrantLimits): SlackForm {
  const [first] = ports;
  const onlyPort = ports.length === 1 && first?.from === first?.to ? first?.from : undefined;
  const most = maximumMinutes % 60 === 0 ? `${String(maximumMinutes / 60)}h` : `${String(maximumMinutes)}m`;
  return {
    type: 'modal',
    callback_id: GRANT_FORM,
    private_metadata: '',
    title: plainText('Grant for a while'),
    submit: plainText('Open'),
    close: plainText('Not yet'),
    blocks: [
      input(GRANT_FIELDS.target, 'Security group', 'ACCOUNT/REGION/ID', {
        ...{ max_length: MOST_TARGET, placeholder: '222222222222/eu-central-1/sg-0123456789abcdef0' },
        initial: target,
      }),
      input(GRANT_FIELDS.port, 'Port of tcp', `One of ${describePorts(ports)}`, {
        max_length: 5,
        initial: onlyPort === undefined ? '' : String(onlyPort),
      }),
      input(GRANT_FIELDS.source, 'From', `A named source: one block of addresses, of /${String(ipv4)} or smaller`, {
        ...{ max_length: MOST_SOURCE, placeholder: '198.51.100.7/32' },
      }),
      input(GRANT_FIELDS.length, 'For', `Minutes or hours, at most ${most}. Then it is taken away.`, {
        ...{ max_length: 16, placeholder: '2h' },
      }),
      input(GRANT_FIELDS.reason, 'Why', 'It is kept, and shown to whoever asks.', {
        max_length: MOST_COMMENT,
        multiline: true,
      }),
    ],
  };
}

function describePorts(ports: GrantLimits['ports']): string {
  const all = ports.map(({ from, to }) => (from === to ? String(from) : `${String(from)}-${String(to)}`)).join(', ');
  return all.length <= MOST_SHOWN ? all : `those of grants.ports in portcullis.yaml`;
}

const MOST_SHOWN = 500;

interface Given {
  readonly max_length: number;
  readonly initial?: string;
  readonly placeholder?: string;
  readonly multiline?: true;
}

function input(field: string, label: string, hint: string, { initial = '', placeholder, ...given }: Given): SlackInput {
  const element: SlackTextInput = {
    type: 'plain_text_input',
    action_id: field,
    ...given,
    ...(initial === '' ? {} : { initial_value: initial }),
    ...(placeholder === undefined ? {} : { placeholder: plainText(placeholder) }),
  };
  return { type: 'input', block_id: field, label: plainText(label), hint: plainText(hint), element };
}
