import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { OutboxEntry } from '../../../sandbox/outside/outside';
import { deploy, MEMBER, type Deployment } from '../deployed-portcullis';
import { withShortPauses } from '../edited-settings';
import { postSigned, toClick, toShortcut, toSubmission, type Clicked, type Forgery } from './payloads';

export type { Forgery, OutboxEntry };

export const VIRGINIA = { account: MEMBER, region: 'us-east-1' };
export const FRANKFURT = { account: MEMBER, region: 'eu-central-1' };

/** One of the group S0123ABCD, one who is named, and one who is neither. */
export const IN_GROUP = 'U0123ABCD';
export const NAMED = 'U0456EFGH';
export const STRANGER = 'U0999ZZZZ';
/** May answer what names nobody. */
export const FOR_ALL = 'U0789IJKL';

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

  /** Posts what Slack would, or a forgery of it. */
  const post = (payload: object, forgery: Forgery = {}): Promise<Response> =>
    postSigned(slackInteractions, clock.now(), payload, forgery);

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
    chooseShortcut: (user: string, callback: string) => post(toShortcut(user, callback)),
    click: (clicked: Clicked, forgery?: Forgery) => post(toClick(clicked), forgery),
    /** What its receiver answers to the next requests. */
    slackAnswers: (order: object) => ask<object>('outside/slack/answer', order),
    /** What people in the channel see about a group, by the newest call that shows it. */
    async messageAbout(id: string): Promise<OutboxEntry> {
      const shown = (await outbox()).filter(({ url, body }) => /chat\.(postMessage|update)$/.test(url) && isMain(body));
      const message = shown.filter(({ body }) => body.includes(id)).at(-1);
      if (message === undefined) throw new Error(`Nobody in Slack was notified of ${id}`);
      return message;
    },
    /** What was said to whoever clicked alone. */
    async ephemeralReplies(): Promise<readonly string[]> {
      const notified = (await outbox()).filter(({ url }) => url.startsWith('https://hooks.slack.com/'));
      return notified.map(({ body }) => (JSON.parse(body) as { text: string }).text);
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
