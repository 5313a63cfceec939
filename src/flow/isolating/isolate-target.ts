import type { Finding } from '../../core/findings/finding';
import type { Isolable, SeenInterface } from '../../core/isolation/isolable';
import { isIsolatedBy, isolatingGroupsOf, planIsolation } from '../../core/isolation/plan-isolation';
import { isolationsInForce, recordedBefore } from '../../core/isolation/recorded-before';
import type { InterfaceGroups, RecordedIsolation } from '../../core/isolation/isolation';
import type { IsolationTerms } from '../../core/isolation/isolation-terms';
import { renderRule } from '../../core/network/rule-source';
import type { Policy } from '../../core/policy/policy-entry';
import { because, type EndReason } from '../../core/reasons/because';
import type { IsolationReason } from '../../core/reasons/isolation-reasons';
import { success } from '../../core/result';
import { MAX_ISOLATION_ROUNDS } from '../limits';
import type { PortResult } from '../ports';
import type { ClosingResult } from '../closing/close-target';
import { finish, type FinalizePorts } from '../remediation/finalize';
import type { IsolateJob } from '../remediation/job';
import { addToRecord, type Progress } from '../remediation/progress';
import { readShownFindings } from '../remediation/read-shown-findings';
import { forgetAfter, noteSeen, observeIsolable, type IsolatingPorts } from './observe-isolable';
import { runIsolationSteps } from './run-isolation-steps';
import { notifyIsolated, toIsolatedFinding } from './notify-isolated';

interface IsolationResult {
  readonly outcome: ClosingResult['outcome'];
  readonly reasons: readonly [EndReason, ...EndReason[]];
}

/**
 * Puts every interface of a target into the isolating group of its VPC, and says so only where that was read back: each
 * interface has that group alone, and the group is empty.
 */
export async function isolateTarget(
  job: IsolateJob,
  progress: Progress,
  policy: Pick<Policy, 'isolation'>,
  ports: FinalizePorts & IsolatingPorts,
): Promise<void> {
  const keys = job.requests.flatMap(({ findings }) => findings);
  const findings: readonly Finding[] = await readShownFindings({ keys, seen: keys, isWanted: () => true }, ports);
  addToRecord(progress, { findings: findings.map(toIsolatedFinding) });
  const { outcome, reasons } = await isolate(progress, policy.isolation, ports);
  await finish(progress, { outcome, ...because(...reasons) }, ports);
  await notifyIsolated(progress, findings, ports);
}

async function isolate(
  progress: Progress,
  terms: IsolationTerms | undefined,
  ports: IsolatingPorts,
): Promise<IsolationResult> {
  if (terms === undefined) return ended('failed', { code: 'isolation-not-configured' });
  const known = await readKnown(progress, ports);
  if (!known.ok) return ended('failed', { code: 'isolation-not-stored', cause: known.error.cause });
  const question = { groupName: terms.groupName, groupIds: [] };
  let stopped: IsolationReason | undefined;
  for (let round = 0; ; round++) {
    const observed = await observeIsolable(`observe ${String(round)}`, progress, question, ports);
    if (!observed.ok || observed.value === null) forgetAfter(progress);
    if (!observed.ok) return failedToRead(progress, observed.error.cause, stopped);
    const seen = observed.value;
    if (seen === null) return ended('not-needed', { code: 'isolation-target-gone' });
    const before = recordedBefore(seen, [...ownBefore(progress), ...known.value]);
    noteSeen(progress, seen, before);
    const plan = planIsolation(seen, terms);
    if (plan.kind === 'refuse') return toIsolationResult(progress, seen, plan.reason);
    if (plan.kind === 'done') return toIsolationResult(progress, seen, undefined);
    if (stopped === undefined && round >= MAX_ISOLATION_ROUNDS) stopped = { code: 'isolation-kept-changing' };
    if (stopped !== undefined) return toIsolationResult(progress, seen, stopped);
    const stored = await ports.durable.step(`store before-state ${String(round)}`, () =>
      ports.ledger.saveRemediation(progress.record),
    );
    if (!stored.ok)
      return toIsolationResult(progress, seen, { code: 'isolation-not-stored', cause: stored.error.cause });
    const ran = await runIsolationSteps(progress, plan.steps, { round, question }, ports);
    if (ran.kind === 'stopped') stopped = ran.why;
  }
}

function ended(outcome: ClosingResult['outcome'], ...reasons: readonly [EndReason, ...EndReason[]]): IsolationResult {
  return { outcome, reasons };
}

function ownBefore({ record }: Progress): readonly (readonly InterfaceGroups[])[] {
  return record.isolation === undefined ? [] : [record.isolation.before];
}

/** What earlier isolations that nobody has undone recorded: the execution of one may have been lost in the middle. */
async function readKnown(
  { record }: Progress,
  { durable, ledger }: IsolatingPorts,
): PortResult<readonly RecordedIsolation['before'][]> {
  return durable.step('read earlier isolations', async () => {
    const records = await ledger.fetchRemediationsOf(record.target);
    if (!records.ok) return records;
    const others = records.value.filter(({ remediationId }) => remediationId !== record.remediationId);
    return success(isolationsInForce(others).flatMap(({ isolation }) => (isolation ? [isolation.before] : [])));
  });
}

/** Nothing was changed while nothing was run; afterwards nobody knows what is there. */
function failedToRead({ record }: Progress, cause: string, stopped: IsolationReason | undefined): IsolationResult {
  const { isolation } = record;
  const reason = { code: 'isolation-call-failed', cause } as const;
  return {
    outcome: (isolation?.runs ?? []).length === 0 ? 'failed' : 'could-not-tell',
    reasons: stopped === undefined ? [reason] : [stopped, reason],
  };
}

/** How it ended by what was seen last, whatever was run. */
function toIsolationResult(
  { record }: Progress,
  seen: Isolable,
  problem: IsolationReason | undefined,
): IsolationResult {
  const { runs = [], before = [] } = record.isolation ?? {};
  const isolating = isolatingGroupsOf(seen).filter(({ rules }) => rules.length === 0);
  const isIsolated = (one: SeenInterface) => isIsolatedBy(one, isolating);
  const isolated = seen.interfaces.filter(isIsolated);
  const open = seen.interfaces.filter((one) => !isIsolated(one));
  const group = isolating.filter((each) => isolated.some(({ vpcId }) => vpcId === each.vpcId)).map(({ id }) => id);
  const problems: readonly EndReason[] = problem === undefined ? [] : [problem];
  if (isolated.length === 0) {
    const isUnclear = runs.some(({ end }) => end === 'unknown' || end === 'no-effect');
    const reason = problem ?? ({ code: 'isolation-kept-changing' } as const);
    return ended(isUnclear ? 'could-not-tell' : 'failed', reason);
  }
  const remarks = remarksOn(seen, record.isolation);
  if (open.length > 0) {
    const interfaces = open.map(({ interfaceId, managedBy }) =>
      managedBy === undefined ? interfaceId : `${interfaceId} (managed by ${managedBy}, which alone may change it)`,
    );
    const left = { code: 'interfaces-not-isolated', interfaces } as const;
    return ended('partly-isolated', left, ...problems, replaced(before, isolated, group), ...remarks);
  }
  // A guard that was put there since changes nothing of what was done.
  if (problems.length > 0 && runs.length === 0) return ended('already-isolated', { code: 'isolated-already', group });
  if (runs.length === 0) return ended('already-isolated', { code: 'isolated-already', group }, ...remarks);
  return ended('isolated', replaced(before, isolated, group), ...remarks);
}

function replaced(
  before: readonly InterfaceGroups[],
  isolated: readonly SeenInterface[],
  group: readonly string[],
): IsolationReason {
  const interfaces = before
    .filter(({ interfaceId }) => isolated.some((one) => one.interfaceId === interfaceId))
    .map(({ interfaceId, groups }) => ({ interface: interfaceId, groups }));
  return { code: 'isolated', interfaces, group };
}

/** What whoever isolates must know beside it. */
function remarksOn(seen: Isolable, isolation: RecordedIsolation | undefined): readonly IsolationReason[] {
  const { before = [], runs = [] } = isolation ?? {};
  const unknown = seen.interfaces
    .map(({ interfaceId }) => interfaceId)
    .filter((id) => !before.some(({ interfaceId }) => interfaceId === id));
  const scaling = [seen, ...seen.around].flatMap(({ tags }) =>
    tags.flatMap(({ Key, Value }) => (Key === 'aws:autoscaling:groupName' ? [Value] : [])),
  )[0];
  const made = new Set(runs.flatMap(({ step }) => (step.call === 'CreateSecurityGroup' ? [step.vpcId] : [])));
  const isNew = (groupId: string) => isolatingGroupsOf(seen).some(({ id, vpcId }) => id === groupId && made.has(vpcId));
  const emptied = runs.flatMap(({ step }) =>
    'groupId' in step && !isNew(step.groupId)
      ? [{ code: 'isolating-group-emptied', group: step.groupId, rules: step.rules.map(renderRule) } as const]
      : [],
  );
  const instanceId = seen.kind === 'network-interface' ? seen.interfaces[0]?.instanceId : undefined;
  return [
    { code: 'tracked-connections-survive' },
    ...(scaling === undefined ? [] : [{ code: 'auto-scaling-may-replace', group: scaling } as const]),
    ...(instanceId === undefined ? [] : [{ code: 'other-interfaces-stay', instance: instanceId } as const]),
    ...(unknown.length === 0 ? [] : [{ code: 'isolation-before-unknown', interfaces: unknown } as const]),
    ...emptied,
  ];
}
