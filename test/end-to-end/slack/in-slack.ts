import { createHmac } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OutboxEntry } from '../../../sandbox/outside/outside';
import { deploy, MEMBER, type Deployment } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';

export type { OutboxEntry };

export const VIRGINIA = { account: MEMBER, region: 'us-east-1' };
export const FRANKFURT = { account: MEMBER, region: 'eu-central-1' };

/** One of the group S0123ABCD, one who is named, and one who is neither. */
export const IN_GROUP = 'U0123ABCD';
export const NAMED = 'U0456EFGH';
export const STRANGER = 'U0999ZZZZ';
/** May answer what names nobody. */
export const FOR_ALL = 'U0789IJKL';

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

export type InSlack = Awaited<ReturnType<typeof makeInSlack>>;

/** Portcullis whose questions are answered in Slack, and Slack as far as it clicks. */
export function deployWithSlack(changes: Partial<Deployment> = {}): Promise<InSlack> {
  return makeInSlack(changes);
}

async function makeInSlack(changes: Partial<Deployment>) {
  const portcullis = await deploy({
    clockMode: 'skipping',
    configurationFile: 'test/end-to-end/slack/slack.yaml',
    ...changes,
    edit(template, file, assets) {
      withShortPauses(template, file);
      changes.edit?.(template, file, assets);
    },
  });
  const { ask, clock, endpoint, hub } = portcullis;
  const secrets = new SecretsManagerClient({
    endpoint,
    region: hub.region,
    credentials: { accessKeyId: hub.account, secretAccessKey: 'any' },
  });
  const { slackInteractions } = await ask<{ slackInteractions: { url: string; signingSecret: string } }>('world');
  const outbox = (): Promise<readonly OutboxEntry[]> => ask('outbox?channel=slack');

  let shortcuts = 0;

  /** Posts what Slack would, or a forgery of it. */
  async function post(payload: object, forgery: Forgery = {}): Promise<Response> {
    const { secret = slackInteractions.signingSecret, secondsOff = 0, headers = {} } = forgery;
    const body = forgery.body ?? new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    const timestamp = String(Math.floor(clock.now() / 1000) + secondsOff);
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return fetch(slackInteractions.url, {
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

  return {
    ...portcullis,
    post,
    outbox,
    toClick,
    /** What Slack sends when somebody fills in the form that was shown last. */
    async submit(user: string, fields: Readonly<Record<string, string>>): Promise<Response> {
      const opened = (await outbox()).filter(({ url }) => url.endsWith('/views.open')).at(-1);
      return post(toSubmission(user, opened, fields));
    },
    /** What Slack sends when somebody chooses a shortcut of the app. */
    chooseShortcut: (user: string, callback: string) =>
      post({
        type: 'shortcut',
        callback_id: callback,
        // Each is another one, or the second within a second would be the first one replayed.
        trigger_id: `1.2.s${String((shortcuts += 1))}`,
        user: { id: user },
        action_ts: '1700000001.1',
      }),
    click: (clicked: Clicked, forgery?: Forgery) => post(toClick(clicked), forgery),
    /** What its receiver answers to the next requests. */
    slackAnswers: (order: object) => ask<object>('outside/slack/answer', order),
    /** What people in the channel see about a group, by the newest call that shows it. */
    async messageAbout(id: string): Promise<OutboxEntry> {
      const shown = (await outbox()).filter(({ url, body }) => /chat\.(postMessage|update)$/.test(url) && isMain(body));
      const message = shown.filter(({ body }) => body.includes(id)).at(-1);
      if (message === undefined) throw new Error(`Nobody in Slack was told of ${id}`);
      return message;
    },
    /** What was said to whoever clicked alone. */
    async toldAlone(): Promise<readonly string[]> {
      const told = (await outbox()).filter(({ url }) => url.startsWith('https://hooks.slack.com/'));
      return told.map(({ body }) => (JSON.parse(body) as { text: string }).text);
    },
    async rotate(secret: string): Promise<void> {
      await secrets.send(new PutSecretValueCommand({ SecretId: 'portcullis/slack', SecretString: secret }));
    },
    async stop(): Promise<void> {
      secrets.destroy();
      await portcullis.stop();
    },
    async questionIdOf(findingId: string): Promise<string> {
      const { UserDefinedFields } = await portcullis.findingOf(findingId);
      return (UserDefinedFields?.['PortcullisRemediationId'] ?? '').replace('rem-', 'qst-');
    },
    async textOf(id: string): Promise<string> {
      return (await this.messageAbout(id)).body;
    },
  };
}

const isMain = (body: string) => (JSON.parse(body) as { thread_ts?: string }).thread_ts === undefined;

let clicks = 0;

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function toClick({ user, button, message }: Clicked): object {
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
function toSubmission(user: string, opened: OutboxEntry | undefined, fields: Readonly<Record<string, string>>): object {
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
