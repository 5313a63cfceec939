import type { OutboxEntry } from '../../../sandbox/outside/outside';
import { drive } from '../faults-everywhere/drive';
import { postSigned, toClick, toShortcut, toSubmission } from '../slack/payloads';
import type { AskedGroup } from './act';
import type { AskingStage } from './asking-stage';

/** Who may answer, undo and open for a while; and who may nothing. */
export const NAMED = 'U0456EFGH';
export const STRANGER = 'U0999ZZZZ';

/** What came of it, as whoever clicked sees it. */
export interface Heard {
  /** Slack was answered in time that it was taken. */
  readonly isTaken: boolean;
  /** What they alone were shown, if anything. */
  readonly notified: string | undefined;
}

/** What people in the channel see about a group; undefined where they see nothing. */
export function messageAbout(stage: AskingStage, { id }: AskedGroup): OutboxEntry | undefined {
  return stage.outside
    .sent('slack')
    .filter(({ url, body }) => /chat\.(postMessage|update)$/.test(url) && body.includes(id))
    .filter(({ body }) => (JSON.parse(body) as { readonly thread_ts?: string }).thread_ts === undefined)
    .at(-1);
}

/** Whether the message has a button of that name. */
export function hasButton(message: OutboxEntry | undefined, button: string): boolean {
  return message?.body.includes(`"text":"${button}"`) === true;
}

/** Clicks as a person does: who sees that it did not work clicks again, up to an hour long. */
export async function click(stage: AskingStage, user: string, button: string, message: OutboxEntry): Promise<Heard> {
  return untilTaken(stage, () => toClick({ user, button, message }));
}

/** Chooses the shortcut that opens something for a while, fills in its form and sends it. */
export async function askForGrant(
  stage: AskingStage,
  user: string,
  fields: Readonly<Record<string, string>>,
): Promise<Heard> {
  const before = opened(stage).length;
  const chosen = await untilTaken(stage, () => toShortcut(user, 'portcullis_grant'));
  const form = opened(stage).slice(before).at(-1);
  if (form === undefined || !form.body.includes('"callback_id":"portcullis_grant"'))
    return { ...chosen, isTaken: false };
  return untilTaken(stage, () => toSubmission(user, form, fields));
}

const opened = (stage: AskingStage) => stage.outside.sent('slack').filter(({ url }) => url.endsWith('/views.open'));
const alone = (stage: AskingStage) =>
  stage.outside.sent('slack').filter(({ url }) => url.startsWith('https://hooks.slack.com/'));

async function untilTaken(stage: AskingStage, payload: () => object): Promise<Heard> {
  let notified: string | undefined;
  for (let tries = 0; tries < 4; tries += 1) {
    const before = alone(stage).length;
    const { status, body } = await stage.world.clock.busy(post(stage, payload()));
    notified = alone(stage)
      .slice(before)
      .map((entry) => entry.body)
      .at(-1);
    // What a form shows beneath its fields is an answer as well.
    if (status === 200) return { isTaken: true, notified: notified ?? (body.includes('"errors"') ? body : undefined) };
    await drive(stage, 15 * 60);
  }
  return { isTaken: false, notified };
}

/** A connection that breaks off is no answer. */
async function post({ slack, world }: AskingStage, payload: object) {
  try {
    const reply = await postSigned(slack, world.clock.now(), payload);
    return { status: reply.status, body: await reply.text() };
  } catch {
    return { status: 0, body: '' };
  }
}
