import { alarms, askUntilHeard, importFinding, ingressOf, openGroup, pass, statusOf, type AskedGroup } from './act';
import type { AskingStage } from './asking-stage';
import { onceAsked, outcomesOf, questionOf } from './asked';
import { clicked, grantedInSlack, undoneInSlack } from './stories-in-slack';
import { PATIENCE_HOURS, violation, type Story } from './story';

/** Two answers at once: one counts, and what it says is done. */
const answered: Story = {
  name: 'question-answered-twice',
  prepare: (stage) => openGroup(stage, 'EC2.13', 22),
  play: onceAsked(1, async (stage, group, asked, before) => {
    const { questionId } = asked;
    const statuses = [
      await askUntilHeard(stage, { command: 'approve', questionId }),
      await askUntilHeard(stage, { command: 'deny', questionId }),
    ];
    await pass(stage, PATIENCE_HOURS);
    const { state } = (await questionOf(stage, group)) ?? asked;
    const isOpen = (await ingressOf(stage, group)).length > 0;
    const closings = await outcomesOf(stage, group, 'closed');
    if (statuses.filter((status) => status === 200).length > 1) {
      return violation('decided-twice', `both were answered yes: ${statuses.join(', ')}`);
    }
    if (closings > 1) return violation('decided-twice', `${String(closings)} closings`);
    const answer = state.kind === 'decided' ? state.answer : 'none';
    const isClosed = !isOpen && (await statusOf(stage, group)) === 'RESOLVED';
    if (answer === 'close' && !isClosed && (await alarms(stage, group)) === before) {
      return violation('lost', `it was to be closed, and is ${await statusOf(stage, group)}, in silence`);
    }
    if (answer !== 'close' && !isOpen) return violation('decided-by-nobody', `closed; the answer is ${answer}`);
    return [];
  }),
};

/** Somebody who may not answer tries, and then nobody does: it is closed at its deadline, and not before. */
const silent: Story = {
  name: 'question-not-answered',
  prepare: (stage) => openGroup(stage, 'EC2.14', 3389),
  play: onceAsked(0.5, async (stage, group, asked, before) => {
    const status = await askUntilHeard(stage, { command: 'approve', questionId: asked.questionId });
    await pass(stage, 0.5);
    if (status === 200) return violation('decided-by-nobody', 'a stranger was answered yes');
    if ((await ingressOf(stage, group)).length === 0 && stage.world.clock.now() < Date.parse(asked.until)) {
      return violation('decided-by-nobody', 'it is closed, and nobody answered');
    }
    await pass(stage, PATIENCE_HOURS);
    const isClosed = (await ingressOf(stage, group)).length === 0;
    if (isClosed || (await alarms(stage, group)) > before) return [];
    const { state } = (await questionOf(stage, group)) ?? asked;
    return violation('open-past-its-end', `${JSON.stringify(state)}, ${await statusOf(stage, group)}`);
  }),
};

const HOURS_OF_EXCEPTION = 3;

const accepted: Story = {
  name: 'exception',
  prepare: (stage) => openGroup(stage, 'EC2.13', 22),
  async play(stage, group) {
    const before = await alarms(stage, group);
    await importFinding(stage, group);
    await pass(stage, 0.5);
    const until = new Date(stage.world.clock.now() + HOURS_OF_EXCEPTION * 3_600_000).toISOString();
    const body = { command: 'accept', findingId: group.findingId, until, reason: 'a demo' };
    const status = await askUntilHeard(stage, body);
    await pass(stage, 2);
    const made = await exceptionsOf(stage, group);
    if (status === 200 && made.length === 0 && (await alarms(stage, group)) === before) {
      const { Note } = await stage.findings.findingOf(group.findingId);
      if (!/exception|could not|nothing/i.test(Note?.Text ?? '')) return violation('lost', 'no exception, in silence');
    }
    if (made.length > 1) return violation('decided-twice', `${String(made.length)} exceptions`);
    await pass(stage, HOURS_OF_EXCEPTION + PATIENCE_HOURS);
    const isOver = (await exceptionsOf(stage, group)).every(({ ended }) => ended !== undefined);
    const workflow = await statusOf(stage, group);
    if ((isOver && workflow !== 'SUPPRESSED') || (await alarms(stage, group)) > before) return [];
    return violation('open-past-its-end', `${isOver ? 'ended' : 'not ended'}, ${workflow}`);
  },
};

async function exceptionsOf(stage: AskingStage, group: AskedGroup) {
  const found = await stage.ledger.fetchExceptions(group);
  if (!found.ok) throw new Error(found.error.cause);
  return found.value;
}

const granted: Story = {
  name: 'grant',
  prepare: (stage) => openGroup(stage, 'EC2.13', undefined),
  async play(stage, group) {
    const before = await alarms(stage, group);
    const { kind, partition, account, region, id } = group;
    const target = { kind, partition, account, region, id };
    const ask = { command: 'open', target, port: 22, source: '198.51.100.7/32', for: '2h', reason: 'a disk is full' };
    await askUntilHeard(stage, ask);
    await pass(stage, 0.25);
    const rules = await ingressOf(stage, group);
    if (rules.some(({ CidrIpv4 }) => CidrIpv4 !== '198.51.100.7/32')) {
      return violation('decided-by-nobody', `more than was granted is open: ${JSON.stringify(rules)}`);
    }
    await pass(stage, 2 + PATIENCE_HOURS);
    const left = await ingressOf(stage, group);
    if (left.length === 0 || (await alarms(stage, group)) > before) return [];
    return violation('open-past-its-end', JSON.stringify(left));
  },
};

export const STORIES: readonly Story[] = [answered, silent, accepted, granted, clicked, undoneInSlack, grantedInSlack];
