import { notShown, otherwise, shown, type Shown } from '../../core/drill/drill-step';
import type { DrillPorts, DrillRun } from '../ports';
import { checkOwn } from './check-own';
import type { MadeGroup } from './make-targets';
import type { DrillOrder } from './order';
import { endOf, playRun, startRun } from './play-run';
import { isThere, PROBES } from './probe-rules';

const NUMBERS_LOST =
  'no runbook of this deployment works here: findings become NOTIFIED and nothing is closed. Send us this line';
const LISTS_LOST =
  'what has several sources, a description or tags is neither closed nor restored here; the rest is. Send us this line';
const TOKEN_LOST = 'a start that is repeated after a lost answer runs twice here. Send us this line';
const READ_BACK = 'the deployment reads the rules back whatever SSM answers';

/** Whether a whole number that a runbook is given is one where EC2 is called: every run has two. */
export async function proveNumbers({ target }: MadeGroup, order: DrillOrder, ports: DrillPorts): Promise<Shown> {
  const own = await checkOwn(target, order, ports);
  if (!own.ok) return notShown(own.error.cause);
  const rule = PROBES.number;
  const opened = await ports.ground.open(target, { kind: 'security-group', rule });
  if (!opened.ok) return notShown(opened.error.cause);
  const step = { call: 'RevokeSecurityGroupIngress', rules: [rule] } as const;
  const ended = await playRun({ target, step, token: `${order.drillId} numbers`, lists: 'map-each' }, order, ports);
  if (!ended.ok) return notShown(ended.error);
  if (ended.value.kind === 'failed') return notShown(`the run failed: ${ended.value.reason}`, NUMBERS_LOST);
  const there = await isThere(target, rule, false, ports);
  if (!there.ok) return notShown(there.error);
  if (there.value) return notShown('the run succeeded, and the rule is still there', NUMBERS_LOST);
  return shown('Integer parameters reach EC2 as numbers: the rule was revoked by a run');
}

/** Whether, and how, lists of maps are passed to a runbook. */
export async function proveLists({ target }: MadeGroup, order: DrillOrder, ports: DrillPorts): Promise<Shown> {
  const step = { call: 'AuthorizeSecurityGroupIngress', rules: PROBES.lists } as const;
  const run = (lists: DrillRun['lists']): DrillRun => ({ target, step, token: `${order.drillId} ${lists}`, lists });
  let reading: DrillRun['lists'] = 'map-each';
  let started = await startRun(run(reading), order, ports);
  const refused = started.ok ? '' : started.error.answer;
  if (!started.ok && started.error.code === 'invalid') {
    reading = 'whole-list';
    started = await startRun(run(reading), order, ports);
  }
  if (!started.ok) return notShown(`refused either way: ${started.error.cause}`, LISTS_LOST);
  const ended = await endOf(started.value, ports);
  if (!ended.ok) return notShown(ended.error);
  if (ended.value.kind === 'failed') return notShown(`the run failed: ${ended.value.reason}`, LISTS_LOST);
  for (const rule of PROBES.lists) {
    const there = await isThere(target, rule, true, ports);
    if (!there.ok) return notShown(there.error);
    if (!there.value) return notShown(`the run succeeded without the rule from ${rule.CidrIpv4 ?? ''}`, LISTS_LOST);
  }
  if (reading === 'map-each') return shown('MapList parameters take a text for each map, and default to empty lists');
  const found = `MapList parameters take one text that is the whole list (a text for each map: ${refused})`;
  return otherwise(found, 'the deployment tries the other reading by itself; each such run costs a refused call more');
}

/** What a second start with the same ClientToken is answered, as after an answer that was lost. */
export async function proveToken({ target }: MadeGroup, order: DrillOrder, ports: DrillPorts): Promise<Shown> {
  const own = await checkOwn(target, order, ports);
  if (!own.ok) return notShown(own.error.cause);
  const rule = PROBES.token;
  const opened = await ports.ground.open(target, { kind: 'security-group', rule });
  if (!opened.ok) return notShown(opened.error.cause);
  const step = { call: 'RevokeSecurityGroupIngress', rules: [rule] } as const;
  const run: DrillRun = { target, step, token: `${order.drillId} token`, lists: 'map-each' };
  const first = await startRun(run, order, ports);
  if (!first.ok) return notShown(first.error.cause);
  const second = await startRun(run, order, ports);
  const ended = await endOf(first.value, ports);
  if (!ended.ok) return notShown(ended.error);
  if (second.ok) {
    return second.value === first.value
      ? shown('a repeated ClientToken is answered with the first execution, and starts nothing')
      : notShown(`a repeated ClientToken started a second execution, ${second.value}`, TOKEN_LOST);
  }
  const { answer, code, cause } = second.error;
  if (code === 'conflict') return shown(`a repeated ClientToken is refused with ${answer}, and starts nothing`);
  if (code === 'access-denied' || second.error.retryable) return notShown(cause);
  return otherwise(`a repeated ClientToken is refused with ${answer}`, READ_BACK);
}

/** What EC2 answers when a permission that is to be revoked is not there, which depends on the kind of VPC. */
export async function proveMismatch(group: MadeGroup, order: DrillOrder, ports: DrillPorts): Promise<Shown> {
  const { target, vpc } = group;
  const step = { call: 'RevokeSecurityGroupIngress', rules: [PROBES.unknown] } as const;
  const token = `${order.drillId} unknown ${vpc.id}`;
  const ended = await playRun({ target, step, token, lists: 'map-each' }, order, ports);
  if (!ended.ok) return notShown(ended.error);
  const succeeded = ended.value.kind === 'succeeded';
  const code = ended.value.kind === 'failed' ? ended.value.code : undefined;
  const isNotFound = code === 'InvalidPermission.NotFound';
  if (!succeeded && !isNotFound) {
    return notShown(`the run failed otherwise: ${ended.value.reason}`, 'closings that meet a changed rule fail here');
  }
  const found = succeeded
    ? 'EC2 says that it worked, and revokes nothing'
    : 'EC2 refuses with InvalidPermission.NotFound';
  return succeeded === vpc.isDefault ? shown(found) : otherwise(found, READ_BACK);
}
