import type { Identifiers } from '../ports';
import type { RequestedControl } from '../../core/controls/control-id';
import type { Finding } from '../../core/findings/finding';
import type { RecordedDecision, RemediatedFinding, RemediationRecord } from '../../core/ledger/remediation-record';
import type { Policy } from '../../core/policy/policy-entry';
import { because } from '../../core/reasons/because';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { chosenIn, claimQuestions } from '../deciding/claim-questions';
import { createHolds, type HeldBackPorts } from './held-back';
import { closeTarget, type CloseTargetPorts, type ClosingResult, type ToClose } from './close-target';
import { couldNotTell } from './could-not-tell';
import { decideFindings } from './decide-findings';
import { leaveOpen } from './leave-open';
import { holdAutomatic } from './hold-automatic';
import { controlsByPerson, forgetRestored, readRestored } from './restored';
import { createIsAsShown } from './is-as-shown';
import { finalizeExcepted, meetExceptions } from '../excepting/meet-exceptions';
import { lessExceptions } from '../excepting/live-exceptions';
import { createProgressNotifier } from './notify-progress';
import { createStopForUndo } from './stop-for-undo';
import { takeTrueParameters, type TrueParametersPorts } from './take-true-parameters';
import type { CloseJob } from '../remediation/job';
import {
  answerWith,
  markBusy,
  addToRecord,
  postponeFindings,
  replaceRecord,
  setAskTerms,
  type Progress,
} from '../remediation/progress';
import { readRequestedFindings } from '../remediation/read-requested-findings';
import { findingIdentity } from '../intake/route-finding';
import type { UsePorts } from '../running/observe-use';
import { finalizeClosing, type FinalizePorts } from '../remediation/finalize';
import { toRemediated } from '../remediation/to-remediated';

type ClosePorts = CloseTargetPorts &
  HeldBackPorts &
  FinalizePorts &
  TrueParametersPorts &
  UsePorts & { readonly identifiers: Pick<Identifiers, 'exceptionId'> };

const NOTHING_LEFT = 'No finding needs work any more: each was suppressed, archived or passed meanwhile.';

/** Closes the target for all findings that were requested by now. */
export async function closeFindings(
  job: CloseJob,
  progress: Progress,
  policy: Policy,
  ports: ClosePorts,
): Promise<void> {
  if (job.requests.some(({ seen }) => seen !== undefined)) markBusy(progress);
  const requested = await readRequestedFindings(job, ports);
  const { remediationId } = progress.record;
  const believed = await takeTrueParameters(job, requested, policy, remediationId, ports);
  const current = believed.ok ? believed.value : requested;
  if (current.length === 0) {
    ports.log.info('No finding needs work any more', { target: targetKey(job.target) });
    answerWith(progress, { reason: NOTHING_LEFT });
    return;
  }
  addToRecord(progress, { findings: current.flatMap((finding) => toRemediated(finding) ?? []) });
  if (!believed.ok) return finalizeClosing(progress, couldNotTell(believed.error.cause), ports);
  const chosen = chosenIn(
    job,
    current.flatMap(({ control }) => control?.id ?? []),
  );
  const late = chosen === undefined ? success(undefined) : await claimQuestions(job.target, chosen, ports);
  // What keeps a question from being answered keeps nobody from closing.
  if (!late.ok) ports.log.warn('Questions not answered', { target: targetKey(job.target), cause: late.error.cause });
  if (late.ok && late.value !== undefined) {
    ports.log.info('Somebody has decided otherwise', { target: targetKey(job.target), reason: late.value });
    answerWith(progress, { reason: `Nothing was closed: ${late.value}` });
    return;
  }
  const excepting = await meetExceptions(job, progress, current, policy, ports);
  if (!excepting.ok) return finalizeClosing(progress, couldNotTell(excepting.error.cause), ports);
  const { findings: open, result } = excepting.value;
  postpone(progress, new Set(current.filter((each) => !open.includes(each)).map(findingIdentity)), findingIdentity);
  if (result !== undefined) return finalizeExcepted(progress, result, ports);
  await decide(job, progress, open, policy, ports);
}

/** Guards and policy decide about what no exception covers as a whole. */
async function decide(
  job: CloseJob,
  progress: Progress,
  current: readonly Finding[],
  policy: Policy,
  ports: ClosePorts,
): Promise<void> {
  const held = await holdAutomatic(job, current, ports);
  const free = current.filter((finding) => held?.findings.includes(finding) !== true);
  if (held !== undefined && free.length === 0) {
    // Planned all the same: who answers is shown what would be done.
    const controls = current.flatMap(({ control }) => control ?? []);
    const left = { outcome: 'asked', reason: held.reason, reasons: held.reasons, controls, policy } as const;
    return finalizeClosing(progress, await leaveOpen(progress, left, ports), ports);
  }
  postpone(progress, new Set(held?.findings.map(findingIdentity)), findingIdentity);
  const decided = await decideFindings({ job, record: progress.record, findings: free, policy }, ports);
  if (!decided.ok) {
    const why = because({ code: 'service-failed', cause: decided.error.cause });
    return finalizeClosing(progress, { outcome: 'could-not-tell', ...why }, ports);
  }
  const { mode, findings, decision, observed, isFresh, askTerms } = decided.value;
  if (askTerms !== undefined) setAskTerms(progress, askTerms);
  const others = free.filter((finding) => !findings.includes(finding));
  postpone(progress, new Set(others.map(findingIdentity)), findingIdentity);
  if (decision !== undefined) replaceRecord(progress, withDecision(progress.record, decision));
  if (observed?.kind === 'found' && observed.context !== undefined) {
    addToRecord(progress, { context: observed.context });
  }
  const first = observed === undefined || !isFresh ? {} : { first: observed };
  const { reason, reasons = [] } = decision ?? because();
  const controls = requestedControlsOf(findings, progress);
  switch (mode) {
    case 'auto':
      return finalizeExcepted(progress, await close(job, progress, { findings, policy, ...first }, ports), ports);
    case 'ask':
      return finalizeExcepted(
        progress,
        await leaveOpen(progress, { outcome: 'asked', reason, reasons, controls, policy, ...first }, ports),
        ports,
      );
    case 'notify':
      return finalizeExcepted(
        progress,
        await leaveOpen(progress, { outcome: 'notified', reason, reasons, controls, policy, ...first }, ports),
        ports,
      );
    case 'ignore':
      // Not a word on the finding: it would stay NEW, and Security Hub would send it again for every update of ours.
      ports.log.info('Policy ignores findings', { target: targetKey(job.target), reason });
      answerWith(progress, { reason });
  }
}

/** Less what exceptions leave open of them. */
function requestedControlsOf(findings: readonly Finding[], { record }: Progress): readonly RequestedControl[] {
  return findings.flatMap(({ control }) =>
    control === undefined ? [] : [lessExceptions(control, record.exceptions ?? [])],
  );
}

/** Who decided is the entry, unless a person chose it. */
function withDecision(record: RemediationRecord, decision: RecordedDecision): RemediationRecord {
  const decidedBy = record.trigger === 'automatic' && record.answer === undefined ? decision.entry : record.decidedBy;
  return { ...record, decidedBy, decision };
}

async function close(
  job: CloseJob,
  progress: Progress,
  { findings, ...given }: Pick<ToClose, 'first'> & { readonly policy: Policy; readonly findings: readonly Finding[] },
  ports: ClosePorts,
): Promise<ClosingResult> {
  const controls = requestedControlsOf(findings, progress);
  const byPerson = controlsByPerson(findings, job);
  const restored = await readRestored(job, ports);
  // A look-up that fails never widens what is done automatically; it keeps no person from closing.
  const isAutomatic = controls.some(({ id }) => !byPerson.has(id));
  if (!restored.ok && isAutomatic) {
    return { outcome: 'asked', ...because({ code: 'service-failed', cause: restored.error.cause }) };
  }
  const held = { account: job.target.account, controls: controls.map(({ id }) => id), limit: given.policy.brake };
  const result = await closeTarget(
    progress,
    {
      ...(byPerson.size === 0 && createHolds(held, ports)),
      stop: createStopForUndo(job, ports),
      onWaited: createProgressNotifier(progress, ports),
      controls,
      ...given,
      restored: restored.ok ? restored.value : [],
      byPerson,
      isAsShown: createIsAsShown(job, ports),
      onHeld: (held) => {
        postpone(progress, held, ({ control = '' }) => control);
      },
    },
    ports,
  );
  if (byPerson.size > 0) await forgetRestored(job.target, restored, result, ports);
  return result;
}

/** Leaves findings that a person must decide on to a remediation of their own, which says so. */
function postpone(progress: Progress, held: ReadonlySet<string>, nameOf: (finding: RemediatedFinding) => string): void {
  const { findings } = progress.record;
  const postponed = findings.filter((finding) => held.has(nameOf(finding)));
  if (postponed.length === 0) return;
  postponeFindings(progress, postponed);
  addToRecord(progress, { findings: findings.filter((each) => !postponed.includes(each)) });
}
