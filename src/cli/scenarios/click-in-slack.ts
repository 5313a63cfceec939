import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { BUTTONS } from '../../core/interactions/buttons';
import type { Target } from '../../core/target';
import type { Stage } from './stage';

const PATIENCE_MILLIS = 60_000;
const POLL_EVERY_MILLIS = 50;

const worldSchema = z.object({ slackInteractions: z.object({ url: z.url(), signingSecret: z.string() }) });
const outboxSchema = z.array(z.object({ url: z.string(), body: z.string() }));
const messageSchema = z.object({
  channel: z.string(),
  blocks: z.array(
    z.looseObject({
      elements: z.array(z.looseObject({ action_id: z.string(), value: z.string() })).exactOptional(),
    }),
  ),
});

/**
 * Somebody clicks Close now beneath the question about a target, as soon as it is in Slack; Slack signs the click.
 *
 * @param user id of who clicks
 * @throws Error where the question does not come, or the click is not acknowledged
 */
export async function approveInSlack(user: string, target: Target, stage: Stage): Promise<void> {
  const { slackInteractions } = worldSchema.parse(await ask('world', stage));
  const { channel, value } = await waitForButton(target, stage);
  stage.say(`${user} clicks Close now in Slack`);
  const payload = {
    type: 'block_actions',
    user: { id: user },
    channel: { id: channel },
    trigger_id: '1.2.3',
    response_url: 'https://hooks.slack.com/actions/T0123ABCD/1/secret',
    actions: [{ type: 'button', action_id: BUTTONS.close, value }],
  };
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor((stage.time?.now() ?? stage.now()) / 1000));
  const signature = createHmac('sha256', slackInteractions.signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  const reply = await fetch(slackInteractions.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    },
    body,
  });
  if (reply.status !== 200) throw new Error(`The click was answered ${String(reply.status)}`);
}

interface FoundButton {
  readonly channel: string;
  readonly value: string;
}

async function waitForButton({ id }: Target, stage: Stage): Promise<FoundButton> {
  const deadline = stage.now() + PATIENCE_MILLIS;
  while (stage.now() < deadline) {
    const sent = outboxSchema.parse(await ask('outbox?channel=slack', stage));
    const about = sent.filter(({ url, body }) => url.endsWith('/chat.postMessage') && body.includes(id)).at(-1);
    const message = about === undefined ? undefined : messageSchema.parse(JSON.parse(about.body));
    const button = message?.blocks
      .flatMap(({ elements = [] }) => elements)
      .find(({ action_id: action }) => action === BUTTONS.close);
    if (message !== undefined && button !== undefined) return { channel: message.channel, value: button.value };
    await stage.pause(POLL_EVERY_MILLIS);
  }
  throw new Error(`Nobody was asked about ${id} in Slack`);
}

async function ask(what: string, { clients }: Stage): Promise<unknown> {
  return (await fetch(`${clients.endpoint}/_sandbox/${what}`)).json();
}
