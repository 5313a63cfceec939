import type { Finding, FindingKey } from '../../core/findings/finding';
import type { RecordedIsolation } from '../../core/isolation/isolation';
import { isolatingGroupsOf } from '../../core/isolation/plan-isolation';
import { planRestoring, type RestoringPlan } from '../../core/isolation/plan-restoring';
import { isolationsInForce } from '../../core/isolation/recorded-before';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { beginsInTime, UNDO_BEGINS_WITHIN_MINUTES } from '../../core/policy/undo-begins-within';
import type { Policy } from '../../core/policy/policy-entry';
import { because, type EndReason } from '../../core/reasons/because';
import type { IsolationReason } from '../../core/reasons/isolation-reasons';
import { success } from '../../core/result';
import { isNotedSince } from '../intake/route-finding';
import { MAX_ISOLATION_ROUNDS } from '../limits';
import type { PortResult } from '../ports';
import { orFail } from '../remediation/execution-failure';
import type { ClosingResult } from '../closing/close-target';
import { finish, type FinalizePorts } from '../remediation/finalize';
import type { UndoJob } from '../remediation/job';
import { answerWith, replaceRecord, type Progress } from '../remediation/progress';
import { readShownFindings } from '../remediation/read-shown-findings';
import { UNDO_MAX_AGE_DAYS } from '../undoing/undo-max-age';
import { notifyIsolated, toIsolatedFinding } from './notify-isolated';
import { forgetAfter, noteSeen, observeIsolable, type IsolatingPorts } from './observe-isolable';
import { runIsolationSteps } from './run-isolation-steps';

/** What the ledger knows of the isolation to undo. */
interface Known {
  /** The one that is meant; undefined where none is in force. */
  readonly isolation?: Pick<RemediationRecord, 'remediationId' | 'startedAt'> & RecordedIsolation;
  /** The undo of the latest one, where none is in force. */
  readonly undoneBy?: string;
  readonly findings: readonly FindingKey[];
  /** All isolations of the target that are over with it. */
  readonly inForce: readonly string[];
}

interface IsolationResult {
  readonly outcome: ClosingResult['outcome'];
  readonly reasons: readonly [EndReason, ...EndReason[]];
  /** The isolation is over: every interface has what it had. */
  readonly isOver?: true;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/** Gives the interfaces of an isolated target the groups that they had, where nobody has changed them since. */
export async function undoIsolation(
  job: UndoJob,
  progress: Progress,
  policy: Pick<Policy, 'isolation' | 'undoMaxAgeDays'>,
  ports: FinalizePorts & IsolatingPorts,
): Promise<void> {
  const known = await orFail(readIsolations(job, ports));
  const { undoes: _claimed, ...record } = progress.record;
  const meant = known.isolation?.remediationId;
  const selected = job.requests.flatMap(({ findings }) => findings);
  const findings = await readShownFindings(
    { keys: [...selected, ...known.findings], seen: selected, isWanted: () => true },
    ports,
  );
  replaceRecord(progress, {
    ...record,
    ...(meant === undefined ? {} : { undoes: meant }),
    findings: findings.map(toIsolatedFinding),
  });
  if (isAlreadyNotified(job, findings, known)) {
    answerWith(progress, known.undoneBy === undefined ? {} : { remediationId: known.undoneBy });
    return;
  }
  const { outcome, reasons, isOver } = await undo(job, progress, known, policy, ports);
  await finish(progress, { outcome, ...because(...reasons) }, ports);
  if (isOver === true && progress.record.outcome !== 'not-verified') await markUndone(progress, known, ports);
  await notifyIsolated(progress, findings, ports);
}

function readIsolations({ target, undoes, requests }: UndoJob, { durable, ledger }: IsolatingPorts): PortResult<Known> {
  return durable.step('read isolations', async () => {
    const records = await ledger.fetchRemediationsOf(target);
    if (!records.ok) return records;
    const inForce = isolationsInForce(records.value);
    // Whoever selects a finding means what holds its target now; who names one on a terminal means that one.
    const isSelected = requests.some(({ findings }) => findings.length > 0);
    const meant = isSelected ? inForce[0] : inForce.find(({ remediationId }) => remediationId === undoes);
    const latest = records.value.find(
      ({ action, remediationId }) => action === 'isolate' && (isSelected || remediationId === undoes),
    );
    const undoneBy = latest?.undoneBy;
    return success({
      ...(meant?.isolation === undefined
        ? {}
        : {
            isolation: { ...meant.isolation, runs: [], remediationId: meant.remediationId, startedAt: meant.startedAt },
          }),
      ...(undoneBy === undefined ? {} : { undoneBy }),
      findings: inForce.flatMap(({ findings }) => findings.map(({ id, productArn }) => ({ id, productArn }))),
      inForce: inForce.map(({ remediationId }) => remediationId),
    });
  });
}

/** Several findings of one instance may be selected at once: the first undo has updated them all. */
function isAlreadyNotified(
  { requests }: UndoJob,
  findings: readonly Finding[],
  { isolation, undoneBy }: Known,
): boolean {
  if (isolation !== undefined || undoneBy === undefined) return false;
  const chosenAt = requests
    .flatMap((each) => each.chosenAt ?? [])
    .sort()
    .at(-1);
  return (
    findings.length > 0 &&
    findings.every((each) => each.portcullisRemediationId === undoneBy && isNotedSince(each, chosenAt))
  );
}

async function undo(
  { requests, confirmed }: UndoJob,
  progress: Progress,
  { isolation, undoneBy }: Known,
  { isolation: terms, undoMaxAgeDays: maxAgeDays = UNDO_MAX_AGE_DAYS }: Pick<Policy, 'isolation' | 'undoMaxAgeDays'>,
  ports: IsolatingPorts,
): Promise<IsolationResult> {
  if (isolation === undefined) {
    return undoneBy === undefined
      ? ended('nothing-to-undo', { code: 'no-isolation-known' })
      : ended('nothing-to-undo', { code: 'undone-already', undoneBy });
  }
  const now = new Date(progress.record.startedAt);
  const askedAt = requests
    .flatMap((request) => request.askedAt ?? [])
    .sort()
    .at(-1);
  if (!beginsInTime(askedAt, now)) {
    const when = askedAt === undefined ? {} : { askedAt };
    return ended('asked', { code: 'undo-began-late', ...when, minutes: UNDO_BEGINS_WITHIN_MINUTES });
  }
  const days = Math.floor((now.getTime() - Date.parse(isolation.startedAt)) / DAY_MILLIS);
  if (days > maxAgeDays && !confirmed) {
    return ended('asked', { code: 'undo-needs-confirmation', closing: isolation.remediationId, days, maxAgeDays });
  }
  return restore(progress, isolation, terms?.groupName ?? '', ports);
}

async function restore(
  progress: Progress,
  { before, isolating }: RecordedIsolation,
  groupName: string,
  ports: IsolatingPorts,
): Promise<IsolationResult> {
  const groupIds = [...new Set(before.flatMap(({ groups }) => groups))];
  const question = { groupName, groupIds };
  let stopped: IsolationReason | undefined;
  for (let round = 0; ; round++) {
    const observed = await observeIsolable(`observe ${String(round)}`, progress, question, ports);
    if (!observed.ok || observed.value === null) forgetAfter(progress);
    if (!observed.ok) {
      const ran = (progress.record.isolation?.runs ?? []).length > 0;
      const reason = { code: 'isolation-call-failed', cause: observed.error.cause } as const;
      return stopped === undefined
        ? ended(ran ? 'could-not-tell' : 'failed', reason)
        : ended(ran ? 'could-not-tell' : 'failed', stopped, reason);
    }
    const seen = observed.value;
    if (seen === null) return ended('not-needed', { code: 'isolation-target-gone' });
    const asBegun = progress.record.isolation?.before;
    const now = seen.interfaces.map(({ interfaceId, vpcId, groups }) => ({ interfaceId, vpcId, groups }));
    noteSeen(progress, seen, asBegun ?? now);
    const plan = planRestoring(before, [...isolating, ...isolatingGroupsOf(seen)], seen);
    if (plan.steps.length === 0) return toIsolationResult(progress, plan, undefined);
    if (stopped === undefined && round >= MAX_ISOLATION_ROUNDS) stopped = { code: 'isolation-kept-changing' };
    if (stopped !== undefined) return toIsolationResult(progress, plan, stopped);
    const stored = await ports.durable.step(`store before-state ${String(round)}`, () =>
      ports.ledger.saveRemediation(progress.record),
    );
    if (!stored.ok)
      return toIsolationResult(progress, plan, { code: 'isolation-not-stored', cause: stored.error.cause });
    const ran = await runIsolationSteps(progress, plan.steps, { round, question }, ports);
    if (ran.kind === 'stopped') stopped = ran.why;
  }
}

function toIsolationResult(
  { record }: Progress,
  plan: RestoringPlan,
  problem: IsolationReason | undefined,
): IsolationResult {
  const { runs, after = [] } = record.isolation ?? { runs: [] };
  const problems = problem === undefined ? [] : [problem];
  const done = runs.flatMap(({ step, end }) =>
    end === 'effect-seen' && 'interfaceId' in step ? [step.interfaceId] : [],
  );
  const restored = after
    .filter(({ interfaceId }) => done.includes(interfaceId))
    .map(({ interfaceId, groups }) => ({ interface: interfaceId, groups }));
  const given: readonly EndReason[] = restored.length === 0 ? [] : [{ code: 'groups-restored', interfaces: restored }];
  const left: readonly EndReason[] = [...problems, ...plan.leftAlone];
  const [first, ...more] = left;
  if (first === undefined) {
    const [reason = { code: 'groups-as-recorded' } as const] = given;
    return { ...ended(runs.length === 0 ? 'nothing-to-undo' : 'undone', reason), isOver: true };
  }
  if (restored.length > 0) return { outcome: 'partly-undone', reasons: [first, ...more, ...given] };
  if (runs.length === 0 && problem === undefined) return { outcome: 'nothing-to-undo', reasons: [first, ...more] };
  const isUnclear = runs.some(({ end }) => end === 'unknown' || end === 'no-effect');
  return { outcome: isUnclear ? 'could-not-tell' : 'failed', reasons: [first, ...more] };
}

function ended(outcome: ClosingResult['outcome'], ...reasons: readonly [EndReason, ...EndReason[]]): IsolationResult {
  return { outcome, reasons };
}

/** Also those before the one that was undone: what they recorded is what is there again. */
async function markUndone(
  { record }: Progress,
  { inForce }: Known,
  { durable, ledger }: IsolatingPorts,
): Promise<void> {
  for (const remediationId of inForce) {
    await orFail(
      durable.step(`mark ${remediationId} as undone`, async () => {
        const read = await ledger.fetchRemediation(remediationId);
        if (!read.ok) return read;
        if (read.value === undefined) return success(undefined);
        return ledger.saveRemediation({ ...read.value, undoneBy: record.remediationId });
      }),
    );
  }
}
