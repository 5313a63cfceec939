import { because } from '../../core/reasons/because';
import { CONFIGURED_BY } from '../../core/exceptions/configured-by';
import { isLifted } from '../../core/exceptions/is-lifted';
import { stateOf, type RiskException } from '../../core/exceptions/risk-exception';
import type { Finding } from '../../core/findings/finding';
import type { Policy } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import { toVerdict } from '../../core/verification/to-verdict';
import { exceptedBy, isOpenByException, type ClosingResult } from '../closing/close-target';
import { findingIdentity } from '../intake/route-finding';
import type { Identifiers, Ledger, PortResult, Targets } from '../ports';
import { finalizeClosing, type FinalizePorts } from '../remediation/finalize';
import type { CloseJob } from '../remediation/job';
import { addToRecord, type Progress } from '../remediation/progress';
import { observeForVerdict } from '../running/observe-for-verdict';
import { readConfigured } from './configured-exceptions';
import { scheduleCheck } from './check-configured';
import { lessExceptions, ofControl, readStoredExceptions, toRecorded } from './live-exceptions';
import { scheduleEnd } from './schedule-end';

type MeetPorts = FinalizePorts & { readonly identifiers: Pick<Identifiers, 'exceptionId'>; readonly targets: Targets };

/** Findings that are worked on now; the others are for a remediation of their own. */
export interface MetExceptions {
  readonly findings: readonly Finding[];
  /** How it ends where exceptions cover all that violates: then neither guards nor policy are asked. */
  readonly result?: ClosingResult;
}

/**
 * Meets the target's live exceptions before anything is decided. Findings without any go first; then each control that
 * has some is worked on by itself, less what they leave open, for it may end otherwise than the others. A look-up that
 * fails closes nothing: what somebody has accepted may be what would go.
 */
export async function meetExceptions(
  job: CloseJob,
  progress: Progress,
  findings: readonly Finding[],
  policy: Policy,
  ports: MeetPorts,
): PortResult<MetExceptions> {
  const live = await readAll(job, progress, policy, ports);
  if (!live.ok) return live;
  const lifted = live.value.filter((each) => isLiftedBy(each, findings));
  const ended = await endLifted(lifted, progress, ports);
  if (!ended.ok) return ended;
  const exceptions = live.value.filter((each) => !lifted.includes(each));
  const isExcepted = ({ control }: Finding) => control !== undefined && ofControl(exceptions, control.id).length > 0;
  const free = findings.filter((each) => !isExcepted(each));
  if (free.length > 0) return success({ findings: free });
  const [first] = findings;
  if (first?.control === undefined) return success({ findings });
  const { control } = first;
  const own = findings.filter((each) => each.control?.id === control.id);
  const recorded = ofControl(exceptions, control.id).map(toRecorded);
  addToRecord(progress, { exceptions: recorded });
  // Findings of one control may carry different parameters, which say what it forbids.
  const controls = own.flatMap((each) => (each.control === undefined ? [] : [lessExceptions(each.control, recorded)]));
  const observed = await observeForVerdict(
    { record: progress.record, controls, policy, restored: [] },
    'exceptions',
    ports,
  );
  if (!observed.ok) return observed;
  if (observed.value.kind === 'gone' || toVerdict(observed.value, controls).kind !== 'closed') {
    return success({ findings: own });
  }
  const { resource } = observed.value;
  if (!isOpenByException(resource, controls)) return success({ findings: own });
  addToRecord(progress, { before: resource });
  return success({ findings: own, result: { ...exceptedBy(progress.record), after: resource } });
}

/** Those of people, as the ledger has them, and those of the configuration. */
async function readAll(
  job: CloseJob,
  { record }: Progress,
  policy: Policy,
  ports: MeetPorts,
): PortResult<readonly RiskException[]> {
  const stored = await readStoredExceptions(job.target, ports);
  if (!stored.ok) return stored;
  const configured = await readConfigured(job, record.startedAt, policy, stored.value, ports);
  if (!configured.ok) return configured;
  const now = new Date(record.startedAt);
  const ofPeople = stored.value.filter((each) => each.by !== CONFIGURED_BY && stateOf(each, now) === 'live');
  return success([...ofPeople, ...configured.value]);
}

/** Who takes a finding out of SUPPRESSED ends what had put it there, also before the event of it has come. */
function isLiftedBy(exception: RiskException, findings: readonly Finding[]): boolean {
  const lifted = new Set(findings.filter(isLifted).map(findingIdentity));
  return exception.findings.some((each) => lifted.has(findingIdentity(each)));
}

function endLifted(
  exceptions: readonly RiskException[],
  { record }: Progress,
  { durable, ledger }: FinalizePorts,
): PortResult<void> {
  if (exceptions.length === 0) return Promise.resolve(success(undefined));
  const ended = { at: record.startedAt, by: record.decidedBy, how: 'lifted' as const };
  return durable.step('end lifted exceptions', async () => {
    for (const exception of exceptions) {
      const saved = await ledger.saveException({ ...exception, ended });
      if (!saved.ok) return saved;
    }
    return success(undefined);
  });
}

/**
 * Ends a closing. Exceptions remember which findings they suppress before these are updated: they are NEW when it ends.
 */
export async function finalizeExcepted(progress: Progress, result: ClosingResult, ports: FinalizePorts): Promise<void> {
  if (result.outcome !== 'excepted') return finalizeClosing(progress, result, ports);
  const remembered = await rememberFindings(progress, ports);
  if (remembered.ok) return finalizeClosing(progress, result, ports);
  const { after } = result;
  const why = because({ code: 'exception-not-written', cause: remembered.error.cause });
  return finalizeClosing(progress, { outcome: 'could-not-tell', ...why, ...(after ? { after } : {}) }, ports);
}

function rememberFindings({ record }: Progress, { durable, ledger, schedules }: FinalizePorts): PortResult<void> {
  const { target, exceptions = [], findings, startedAt } = record;
  return durable.step('remember excepted findings', async () => {
    const all = await ledger.fetchExceptions(target);
    if (!all.ok) return all;
    const inForce = all.value.filter(({ ended }) => ended?.how !== 'removed');
    const known = new Map(inForce.map((each) => [each.exceptionId, each]));
    for (const recorded of exceptions) {
      const exception = known.get(recorded.exceptionId) ?? { ...recorded, target, since: startedAt, findings: [] };
      // One of the configuration is written when it first suppresses something: from then on it has to end.
      const scheduled = known.has(recorded.exceptionId)
        ? success(undefined)
        : await scheduleConfigured(exception, startedAt, schedules);
      if (!scheduled.ok) return scheduled;
      const saved = await remember(exception, findings, ledger);
      if (!saved.ok) return saved;
    }
    return success(undefined);
  });
}

async function scheduleConfigured(
  exception: RiskException,
  startedAt: string,
  schedules: FinalizePorts['schedules'],
): PortResult<void> {
  const scheduled = await scheduleEnd(exception, schedules);
  return scheduled.ok ? scheduleCheck(exception, new Date(startedAt), schedules) : scheduled;
}

async function remember(
  exception: RiskException,
  findings: Progress['record']['findings'],
  ledger: Pick<Ledger, 'saveException'>,
): PortResult<void> {
  const known = new Set(exception.findings.map(findingIdentity));
  const added = findings.filter((each) => !known.has(findingIdentity(each)));
  if (added.length === 0) return success(undefined);
  return ledger.saveException({
    ...exception,
    findings: [
      ...exception.findings,
      ...added.map(({ id, productArn, previousNote }) => ({
        id,
        productArn,
        ...(previousNote === undefined ? {} : { previousNote }),
      })),
    ],
  });
}
