import { createHmac } from 'node:crypto';
import type { OutboxEntry } from '../../../sandbox/outside/outside';

interface Button {
  readonly action_id: string;
  readonly value: string;
  readonly text: { readonly text: string };
}

/** What Slack would send when somebody clicks. */
export interface Clicked {
  readonly user: string;
  /** What stands on a button of the message, or what a button that the message does not have would be. */
  readonly button: string | Pick<Button, 'action_id' | 'value'>;
  /** Of the message with the button; the newest one about a group else. */
  readonly message: OutboxEntry;
}

/** How a request differs from one that Slack would send now. */
export interface Forgery {
  readonly secret?: string;
  readonly secondsOff?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Posts what Slack would, or a forgery of it. @param now in milliseconds, by the sandbox's clock */
export async function postSigned(
  { url, signingSecret }: { readonly url: string; readonly signingSecret: string },
  now: number,
  payload: object,
  forgery: Forgery = {},
): Promise<Response> {
  const { secret = signingSecret, secondsOff = 0, headers = {} } = forgery;
  const body = forgery.body ?? new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(now / 1000) + secondsOff);
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...headers,
    },
    body,
  });
}

/** What Slack sends when somebody chooses a shortcut of the app. */
export function toShortcut(user: string, callback: string): object {
  clicks += 1;
  return {
    type: 'shortcut',
    callback_id: callback,
    // Each is another one, or the second within a second would be the first one replayed.
    trigger_id: `1.2.s${String(clicks)}`,
    user: { id: user },
    action_ts: '1700000001.1',
  };
}

let clicks = 0;

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function toClick({ user, button, message }: Clicked): object {
  const {
    ts = '1700000000.000001',
    channel,
    blocks,
  } = JSON.parse(message.body) as {
    ts?: string;
    channel: string;
    blocks: readonly { type: string; block_id?: string; elements?: readonly Button[] }[];
  };
  const actions = blocks.flatMap(({ block_id, elements = [] }) =>
    elements.map((element) => ({ ...element, type: 'button', block_id, action_ts: '1700000001.000001' })),
  );
  const chosen = typeof button === 'string' ? actions.find(({ text }) => text.text === button) : button;
  if (chosen === undefined) throw new Error(`There is no button ${JSON.stringify(button)}`);
  clicks += 1;
  return {
    type: 'block_actions',
    api_app_id: 'A0123ABCD',
    team: { id: 'T0123ABCD', domain: 'example' },
    user: { id: user, username: 'NAMED', name: 'U0456EFGH', team_id: 'T0123ABCD' },
    channel: { id: channel, name: 'security' },
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
    message: { type: 'message', ts, text: 'of Slack', blocks },
    trigger_id: `1.2.${String(clicks)}`,
    response_url: `https://hooks.slack.com/actions/T0123ABCD/${String(clicks)}/secret`,
    actions: [chosen],
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function toSubmission(
  user: string,
  opened: OutboxEntry | undefined,
  fields: Readonly<Record<string, string>>,
): object {
  const { view } = JSON.parse(opened?.body ?? '{}') as {
    view: {
      blocks: readonly { block_id?: string; element?: { type: string; action_id: string; initial_value?: string } }[];
    };
  };
  const values = view.blocks.flatMap(({ block_id: id = '', element }) => {
    if (element === undefined) return [];
    const { type, action_id: action, initial_value: initial } = element;
    const given = fields[id] ?? initial ?? null;
    const value = {
      datepicker: { selected_date: given },
      plain_text_input: { value: given },
      radio_buttons: { selected_option: given === null ? null : { value: given } },
    }[type];
    return [[id, { [action]: { type, ...value } }] as const];
  });
  clicks += 1;
  return {
    type: 'view_submission',
    api_app_id: 'A0123ABCD',
    team: { id: 'T0123ABCD', domain: 'example' },
    user: { id: user, username: 'NAMED', name: 'U0456EFGH', team_id: 'T0123ABCD' },
    trigger_id: `1.2.${String(clicks)}`,
    view: { ...view, id: `V0${String(clicks)}`, hash: String(clicks), state: { values: Object.fromEntries(values) } },
    response_urls: [],
  };
}
