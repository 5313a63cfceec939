import { drive } from '../faults-everywhere/drive';
import type { FaultPoint } from '../faults-everywhere/fault-point';
import { toFault, type Injection } from '../faults-everywhere/injection';
import type { Played } from '../faults-everywhere/play';
import type { Violation } from '../faults-everywhere/violations';
import { messages, type AskedGroup } from './act';
import type { AskingStage } from './asking-stage';
import type { Story } from './story';

/**
 * Answers of a process that died, or of AWS that were lost, and a jump past the time for which a message holds its
 * target: what was sent then may be sent again, with the same key.
 */
const LOSES_ANSWERS = /^(killed|time-out|delivered-twice|500|throttled|denied|stale|clock-jump)/;

/** The calls of a story without a fault. @throws Error where it breaks a promise all the same */
export async function playStoryFaultless(stage: AskingStage, story: Story): Promise<readonly FaultPoint[]> {
  const { violations, points } = await play(stage, story, []);
  if (violations.length > 0) throw new Error(`${story.name} fails without a fault: ${JSON.stringify(violations)}`);
  return points;
}

export async function playStory(stage: AskingStage, story: Story, injections: readonly Injection[]): Promise<Played> {
  const { violations, struck } = await play(stage, story, injections);
  return { struck, ended: violations.length === 0 ? 'as-ever' : 'otherwise', violations };
}

async function play(stage: AskingStage, story: Story, injections: readonly Injection[]) {
  const group = await story.prepare(stage);
  await stage.world.clock.advance(60_000);
  const [notifiedBefore, sentBefore] = [stage.notified.length, stage.outside.sent('webhook').length];
  const recorder = stage.record();
  // Receivers have their troubles besides.
  stage.outside.order('webhook', { status: 500, times: 1, headers: {} });
  for (const injection of injections) {
    const fault = toFault(injection);
    if (fault === undefined) throw new Error(`${injection.kind} is no fault of a call`);
    stage.world.faults.add(fault);
  }
  const broken = await story.play(stage, group);
  stage.world.faults.clear();
  await drive(stage, 3600);
  const points = [...recorder.points];
  const notified = stage.notified.slice(notifiedBefore);
  const sent = stage.outside.sent('webhook').slice(sentBefore);
  const violations: Violation[] = [
    ...broken,
    ...(await findNotNotified(
      stage,
      notified,
      sent.map(({ body }) => body),
    )),
    ...findSentTwice(stage, group, sent, injections),
  ];
  const struck = injections.filter(({ point }) => recorder.countOf(point) > point.nth).length;
  return { violations, points, struck };
}

const idOf = (body: string) => (JSON.parse(body) as { readonly id: string }).id;

/** Every event of the bus reached the receiver, or waits where an alarm watches. */
async function findNotNotified(
  stage: AskingStage,
  notified: readonly string[],
  sent: readonly string[],
): Promise<readonly Violation[]> {
  const waiting = (await messages(stage)).filter(({ queue }) => queue.includes('-Notify-webhook'));
  const known = new Set([...sent, ...waiting.map(({ body }) => body)].map(idOf));
  const untold = [...new Set(notified.map(idOf))].filter((id) => !known.has(id));
  return untold.map((id) => ({ kind: 'never-sent', detail: id }));
}

/**
 * The webhook says by its key what it has had; a target has one ticket.
 */
function findSentTwice(
  stage: AskingStage,
  { id }: AskedGroup,
  sent: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[],
  injections: readonly Injection[],
): readonly Violation[] {
  const bodies = new Map<string, string>();
  const posts = new Map<string, number>();
  for (const { headers, body } of sent) {
    const key = headers['idempotency-key'] ?? '';
    if (bodies.has(key) && bodies.get(key) !== body) return [{ kind: 'sent-twice', detail: `${key} with other words` }];
    bodies.set(key, body);
    posts.set(key, (posts.get(key) ?? 0) + 1);
  }
  const again = [...posts.values()].reduce((sum, count) => sum + count - 1, 0);
  const mayBeAgain = 1 + (injections.some(({ kind }) => LOSES_ANSWERS.test(kind)) ? 1 : 0);
  const issues = stage.outside
    .sent('jira')
    .filter(({ method, url, body }) => method === 'POST' && url.endsWith('/rest/api/3/issue') && body.includes(id));
  const tickets = issues.length;
  return [
    ...(again > mayBeAgain ? [{ kind: 'sent-twice' as const, detail: `${String(again)} posts again` }] : []),
    ...(tickets > 1 ? [{ kind: 'sent-twice' as const, detail: `${String(tickets)} tickets` }] : []),
  ];
}
