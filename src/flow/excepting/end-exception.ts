import { because } from '../../core/reasons/because';
import { stateOf, type RiskException } from '../../core/exceptions/risk-exception';
import type { Finding } from '../../core/findings/finding';
import type { Policy } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { toAcceptUpdate, toExceptionEndedUpdate } from '../../core/updates/to-exception-update';
import { toVerdict } from '../../core/verification/to-verdict';
import { couldNotTell } from '../closing/could-not-tell';
import { findingIdentity } from '../intake/route-finding';
import type { Durable, Identifiers, Ledger, PortResult, Targets } from '../ports';
import { finish, notifyPeople, type FinalizePorts, type Notification } from '../remediation/finalize';
import type { EndExceptionJob } from '../remediation/job';
import { answerWith, addToRecord, setEventTerms, type Progress } from '../remediation/progress';
import { readShownFindings } from '../remediation/read-shown-findings';
import { toRemediated } from '../remediation/to-remediated';
import { configuredIds, scheduleCheck } from './check-configured';
import { lessExceptions, ofControl, toRecorded } from './live-exceptions';

type EndPorts = FinalizePorts & {
  readonly identifiers: Pick<Identifiers, 'exceptionId'>;
  readonly targets: Targets;
};

/**
 * Ends an exception: its findings are NEW, people are notified, and policy decides anew about what Security Hub then
 * sends. The ledger says that it has ended only once no finding is left SUPPRESSED for it.
 */
export async function endException(
  job: EndExceptionJob,
  progress: Progress,
  policy: Policy,
  ports: EndPorts,
): Promise<void> {
  const { how, decidedBy } = job.requests[0];
  if (how === 'removed') {
    const kept = await readConfiguredStill(job, progress.record.startedAt, policy, ports);
    if (kept !== undefined) {
      answerWith(progress, { reason: kept });
      return;
    }
  }
  const read = await readExceptions(job, ports);
  if (!read.ok) {
    await finish(progress, couldNotTell(read.error.cause), ports);
    await notifyPeople(progress, [], ports);
    return;
  }
  const { startedAt } = progress.record;
  const { ending, staying } = choose(job, read.value, startedAt);
  if (ending.length === 0) {
    answerWith(progress, { reason: NOTHING_TO_END });
    return;
  }
  const findings = await readFindings(ending, ports);
  addToRecord(progress, {
    findings: findings.flatMap((finding) => toRemediated(finding) ?? []),
    exceptions: ending.map(toRecorded),
  });
  const ids = ending.map(({ exceptionId }) => exceptionId);
  const covered = await findStillCovered(job, findings, staying, ports);
  await finish(
    progress,
    { outcome: 'exception-ended', ...because({ code: 'exceptions-ended', exceptions: ids, how }) },
    ports,
  );
  if (!isOpenAgain(findings, covered)) setEventTerms(progress, { matter: 'stays' });
  await notifyPeople(progress, updatesFor(progress, findings, covered, how), ports);
  if ((progress.record.notUpdated ?? []).length > 0) return;
  const ended = { at: startedAt, by: decidedBy, how };
  const marked = await ports.durable.step('store the end of the exception', async () => {
    for (const exception of ending) {
      const saved = await ports.ledger.saveException({ ...exception, ended });
      if (!saved.ok) return saved;
    }
    return success(undefined);
  });
  if (!marked.ok)
    ports.log.error('An exception is not marked as ended', { exceptions: ids, cause: marked.error.cause });
}

const NOTHING_TO_END = 'Nothing was to be ended: the exception has ended already, or is not due.';

/** Why an exception does not end: the configuration has it still, and it is searched for again tomorrow. */
async function readConfiguredStill(
  { target, requests: [{ exceptionId = '' }] }: EndExceptionJob,
  startedAt: string,
  policy: Policy,
  { durable, identifiers, log, schedules }: EndPorts,
): Promise<string | undefined> {
  if (!configuredIds(target, policy, identifiers).has(exceptionId)) return undefined;
  const again = await durable.step('schedule the next check', () =>
    scheduleCheck({ exceptionId, target }, new Date(startedAt), schedules),
  );
  if (!again.ok)
    log.error('An exception is not looked for again', { exception: exceptionId, cause: again.error.cause });
  return 'portcullis.yaml has the exception still.';
}

function readExceptions(
  { target }: EndExceptionJob,
  { durable, ledger }: { readonly durable: Durable; readonly ledger: Pick<Ledger, 'fetchExceptions'> },
): PortResult<readonly RiskException[]> {
  return durable.step('read exceptions', async () => {
    const all = await ledger.fetchExceptions(target);
    return all.ok ? success(all.value.filter(({ ended }) => ended === undefined)) : all;
  });
}

/** Those that end now, and those of the same controls that stay in force. */
function choose(
  { requests: [request] }: EndExceptionJob,
  all: readonly RiskException[],
  startedAt: string,
): { readonly ending: readonly RiskException[]; readonly staying: readonly RiskException[] } {
  const now = new Date(startedAt);
  const selected = new Set(request.findings.map(findingIdentity));
  const ending = all.filter((each) => {
    if (request.exceptionId !== undefined && each.exceptionId !== request.exceptionId) return false;
    if (request.how === 'due') return stateOf(each, now) === 'expired';
    return request.exceptionId !== undefined || each.findings.some((finding) => selected.has(findingIdentity(finding)));
  });
  const controls = new Set(ending.map(({ control }) => control));
  const staying = all.filter(
    (each) => !ending.includes(each) && controls.has(each.control) && stateOf(each, now) === 'live',
  );
  return { ending, staying };
}

/** Those that the exceptions suppressed, as they are now. */
async function readFindings(ending: readonly RiskException[], ports: EndPorts): Promise<readonly Finding[]> {
  const keys = ending.flatMap(({ findings }) => findings.map(({ id, productArn }) => ({ id, productArn })));
  return readShownFindings({ keys, seen: [], isWanted: isOurs }, ports);
}

/** What somebody suppressed themselves, or what has been updated for something else since, is not ours to update. */
function isOurs({ portcullisOutcome: outcome, recordState }: Finding): boolean {
  return recordState === 'ACTIVE' && (outcome === 'excepted' || outcome === 'partly-excepted');
}

/** Findings of which all that violates is left open by other exceptions, as the target is now. */
async function findStillCovered(
  { target, remediationId }: EndExceptionJob,
  findings: readonly Finding[],
  staying: readonly RiskException[],
  { durable, targets }: EndPorts,
): Promise<ReadonlyMap<Finding, readonly RiskException[]>> {
  const covered = new Map<Finding, readonly RiskException[]>();
  if (staying.length === 0) return covered;
  const observed = await durable.step('observe', () => targets.observe(target, remediationId));
  // What cannot be read is not known to be covered.
  if (!observed.ok || observed.value.kind === 'gone') return covered;
  for (const finding of findings) {
    const { control, workflow } = finding;
    if (control === undefined || workflow !== 'SUPPRESSED') continue;
    if (finding.target === undefined || targetKey(finding.target) !== targetKey(target)) continue;
    const own = ofControl(staying, control.id);
    const isOpen = toVerdict(observed.value, [control]).kind === 'still-open';
    const isBeyond = toVerdict(observed.value, [lessExceptions(control, own)]).kind !== 'closed';
    if (isOpen && !isBeyond) covered.set(finding, own);
  }
  return covered;
}

/** Nothing is where Security Hub has seen it closed meanwhile, or another exception covers it. */
function isOpenAgain(findings: readonly Finding[], covered: ReadonlyMap<Finding, unknown>): boolean {
  return findings.some((finding) => !covered.has(finding) && finding.compliance !== 'PASSED');
}

function updatesFor(
  { record }: Progress,
  findings: readonly Finding[],
  covered: ReadonlyMap<Finding, readonly RiskException[]>,
  how: EndExceptionJob['requests'][0]['how'],
): readonly Notification[] {
  const over = findings.filter((each) => !covered.has(each));
  const suppressed = over.filter(({ workflow }) => workflow === 'SUPPRESSED');
  const lifted = over.filter(({ workflow }) => workflow !== 'SUPPRESSED');
  const inOneHub = lifted.filter(({ facesDiffer }) => facesDiffer === true);
  return [
    { findings: suppressed, update: { ...toExceptionEndedUpdate(record, how), workflow: 'NEW' } },
    // Who took one out of SUPPRESSED has said what it is, in one of two hubs for both.
    {
      findings: lifted.filter((each) => !inOneHub.includes(each)),
      update: { ...toExceptionEndedUpdate(record, how), workflow: undefined },
    },
    ...inOneHub.map((finding) => ({
      findings: [finding],
      update: { ...toExceptionEndedUpdate(record, how), workflow: finding.workflow },
    })),
    ...[...covered].map(([finding, by]) => ({
      findings: [finding],
      update: toAcceptUpdate({ ...record, outcome: 'excepted', exceptions: by.map(toRecorded) }),
    })),
  ];
}
