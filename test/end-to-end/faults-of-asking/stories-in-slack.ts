import type { Violation } from '../faults-everywhere/violations';
import { alarms, askUntilHeard, ingressOf, openGroup, pass, statusOf, type AskedGroup } from './act';
import { onceAsked, outcomesOf, questionOf } from './asked';
import type { AskingStage } from './asking-stage';
import { askForGrant, click, hasButton, messageAbout, NAMED, STRANGER, type Heard } from './in-slack';
import { PATIENCE_HOURS, violation, type Story } from './story';

/** A stranger clicks, then somebody who may, and somebody else answers at a terminal: one answer counts. */
export const clicked: Story = {
  name: 'clicked-in-slack',
  prepare: (stage) => openGroup(stage, 'EC2.13', 22),
  play: onceAsked(1, async (stage, group, asked, before) => {
    const message = messageAbout(stage, group);
    if (message === undefined || !hasButton(message, 'Close now')) return nobodyNotified(stage, group, before);
    await click(stage, STRANGER, 'Close now', message);
    await pass(stage, 0.1);
    const meanwhile = await questionOf(stage, group);
    if (meanwhile?.state.kind === 'decided' || (await ingressOf(stage, group)).length === 0) {
      return violation('decided-by-nobody', `a stranger's click: ${JSON.stringify(meanwhile?.state)}`);
    }
    const heard = await click(stage, NAMED, 'Close now', message);
    const status = await askUntilHeard(stage, { command: 'deny', questionId: asked.questionId });
    await pass(stage, PATIENCE_HOURS);
    const { state } = (await questionOf(stage, group)) ?? asked;
    const isClosed = (await ingressOf(stage, group)).length === 0;
    const closings = await outcomesOf(stage, group, 'closed');
    if (closings > 1) return violation('decided-twice', `${String(closings)} closings`);
    if (state.kind !== 'decided') {
      return saysYes(heard) ? violation('lost', `a click was taken, and the question is ${state.kind}`) : [];
    }
    if (state.answer === 'close' && status === 200) return violation('decided-twice', 'closed, and denied as well');
    if (state.answer !== 'close' && isClosed) return violation('decided-by-nobody', `closed; ${state.answer}`);
    const isDone = isClosed && (await statusOf(stage, group)) === 'RESOLVED';
    if (state.answer !== 'close' || isDone || (await alarms(stage, group)) > before) return [];
    return violation('lost', 'it was to be closed, and is not, in silence');
  }),
};

/** A closing is taken back in Slack: a stranger may not, and two clicks are one undo. */
export const undoneInSlack: Story = {
  name: 'undone-in-slack',
  prepare: (stage) => openGroup(stage, 'EC2.13', 22),
  play: onceAsked(1, async (stage, group, asked, before) => {
    await askUntilHeard(stage, { command: 'approve', questionId: asked.questionId });
    await pass(stage, PATIENCE_HOURS);
    if ((await ingressOf(stage, group)).length > 0) return [];
    const message = messageAbout(stage, group);
    if (message === undefined || !hasButton(message, 'Undo')) return nobodyNotified(stage, group, before);
    await click(stage, STRANGER, 'Undo', message);
    await pass(stage, 1);
    if ((await ingressOf(stage, group)).length > 0)
      return violation('decided-by-nobody', "opened by a stranger's click");
    const heard = [await click(stage, NAMED, 'Undo', message), await click(stage, NAMED, 'Undo', message)];
    await pass(stage, PATIENCE_HOURS);
    const undone = await outcomesOf(stage, group, 'undone');
    if (undone > 1) return violation('decided-twice', `${String(undone)} undoings`);
    const isOpen = (await ingressOf(stage, group)).length > 0;
    if (isOpen || !heard.some(saysYes) || (await isAnswered(stage, group, before))) return [];
    return violation('lost', 'a click was taken, and nothing was undone, in silence');
  }),
};

/** One port is opened for a while in Slack: nothing more, not for a stranger, and not behind its end. */
export const grantedInSlack: Story = {
  name: 'granted-in-slack',
  prepare: (stage) => openGroup(stage, 'EC2.13', undefined),
  async play(stage, group) {
    const before = await alarms(stage, group);
    const target = `${group.account}/${group.region}/${group.id}`;
    const wanted = { target, port: '22', source: SOURCE, for: '2h', reason: 'a disk is full' };
    await askForGrant(stage, STRANGER, wanted);
    await pass(stage, 0.1);
    if ((await ingressOf(stage, group)).length > 0) return violation('decided-by-nobody', 'opened for a stranger');
    const heard = await askForGrant(stage, NAMED, wanted);
    await pass(stage, 0.25);
    const rules = await ingressOf(stage, group);
    if (rules.length > 1 || rules.some(({ CidrIpv4 }) => CidrIpv4 !== SOURCE)) {
      return violation('decided-by-nobody', `more than was granted is open: ${JSON.stringify(rules)}`);
    }
    await pass(stage, 2 + PATIENCE_HOURS);
    const left = await ingressOf(stage, group);
    const isAlarmed = (await alarms(stage, group)) > before;
    if (left.length > 0) return isAlarmed ? [] : violation('open-past-its-end', JSON.stringify(left));
    const grants = await outcomesOf(stage, group, 'granted');
    if (grants > 1) return violation('decided-twice', `${String(grants)} grants`);
    if (grants === 1 || !saysYes(heard) || (await isAnswered(stage, group, before))) return [];
    return violation('lost', 'a form was taken, and nothing was opened, in silence');
  },
};

const SOURCE = '198.51.100.7/32';

const saysYes = ({ isTaken, notified }: Heard) => isTaken && notified === undefined;

/** What could not be done was said in the channel, or an alarm or a dead letter says so. */
async function isAnswered(stage: AskingStage, group: AskedGroup, before: number): Promise<boolean> {
  const notified = stage.notified.some((body) => body.includes('Request Refused') && body.includes(group.id));
  return notified || (await alarms(stage, group)) > before;
}

/** Nobody in Slack learned what they can click: that must stand where people look. */
async function nobodyNotified(stage: AskingStage, group: AskedGroup, before: number): Promise<readonly Violation[]> {
  await pass(stage, PATIENCE_HOURS);
  const isShown = /"actions"/.test(messageAbout(stage, group)?.body ?? '');
  if (isShown || (await alarms(stage, group)) > before) return [];
  return violation('lost', 'nobody in Slack was notified, and nothing says why');
}
