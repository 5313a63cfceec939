import type { RequestedControl } from '../../core/controls/control-id';
import { openBy } from '../../core/exceptions/describe-exception';
import { because } from '../../core/reasons/because';
import { findOpenings } from '../../core/exceptions/find-openings';
import { stateOf, type RiskException } from '../../core/exceptions/risk-exception';
import type { Finding } from '../../core/findings/finding';
import { planClosing } from '../../core/planning/plan-closing';
import type { Policy } from '../../core/policy/policy-entry';
import { success } from '../../core/result';
import { targetKey } from '../../core/target';
import { toAcceptUpdate } from '../../core/updates/to-exception-update';
import type { ClosingResult } from '../closing/close-target';
import { couldNotTell } from '../closing/could-not-tell';
import { chosenIn, claimQuestions } from '../deciding/claim-questions';
import { findingIdentity } from '../intake/route-finding';
import type { Identifiers, Schedules, Targets } from '../ports';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import type { AcceptJob } from '../remediation/job';
import { answerWith, addToRecord, type Progress } from '../remediation/progress';
import { readShownFindings } from '../remediation/read-shown-findings';
import { toRemediated } from '../remediation/to-remediated';
import { scheduleEnd } from './schedule-end';
import { lessExceptions, ofControl, readStoredExceptions, toRecorded } from './live-exceptions';

export interface AcceptPorts extends FinalizePorts {
  readonly identifiers: Pick<Identifiers, 'exceptionId'>;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  readonly targets: Targets;
}

const DAY_MILLIS = 24 * 60 * 60 * 1000;

/**
 * Makes an exception for what a finding reports: of what is open at this moment as much as is accepted, and nothing
 * else. The finding is SUPPRESSED only where nothing is open beyond the target's exceptions.
 */
export async function acceptRisk(
  job: AcceptJob,
  progress: Progress,
  policy: Policy,
  ports: AcceptPorts,
): Promise<void> {
  const keys = job.requests[0].findings;
  const [finding] = await readShownFindings({ keys, seen: keys, isWanted: () => true }, ports);
  if (finding === undefined) {
    answerWith(progress, { reason: 'Security Hub does not show the finding any more: nothing was accepted.' });
    return;
  }
  addToRecord(progress, { findings: remediatedOf([finding]) });
  const result = await accept(job, finding, progress, policy, ports);
  await finish(progress, result, ports);
  const { findings } = progress.record;
  // Who asked at a terminal reads the record; a click is answered on the finding.
  const isNotified = result.outcome === 'excepted' || job.requests[0].until === undefined;
  const notifications = isNotified ? [{ findings, update: toAcceptUpdate(progress.record) }] : [];
  await notifyPeople(progress, notifications, ports);
}

async function accept(
  job: AcceptJob,
  finding: Finding,
  progress: Progress,
  policy: Policy,
  ports: AcceptPorts,
): Promise<ClosingResult> {
  const {
    requests: [request],
    target,
    remediationId,
  } = job;
  const { durable, ledger, targets, identifiers, schedules } = ports;
  const { control } = finding;
  const problem = reasonToRefuse(finding, target);
  if (problem !== undefined || control === undefined) return refused(problem ?? '');
  const { startedAt } = progress.record;
  // A part of it leaves the rest to be decided.
  const isWhole = Object.keys(request.accepted).length === 0;
  const chosen = isWhole ? chosenIn(job, [control.id]) : undefined;
  const late = chosen === undefined ? success(undefined) : await claimQuestions(target, chosen, ports);
  if (!late.ok) return couldNotTell(late.error.cause);
  if (late.value !== undefined) {
    return { outcome: 'failed', ...because({ code: 'decided-meanwhile', how: late.value }) };
  }
  const stored = await readStoredExceptions(target, ports);
  if (!stored.ok) return couldNotTell(stored.error.cause);
  const live = stored.value.filter((each) => stateOf(each, new Date(startedAt)) === 'live');
  const observed = await durable.step('observe', () => targets.observe(target, remediationId));
  if (!observed.ok) return couldNotTell(observed.error.cause);
  if (observed.value.kind === 'gone') return { outcome: 'not-needed', ...because({ code: 'resource-gone' }) };
  const after = observed.value.resource;
  const covers = findOpenings(after, control, request.accepted);
  if (!covers.ok) return { ...refused(covers.error), after };
  const others = await findOthers(finding, control, ports);
  const findings = [...progress.record.findings, ...remediatedOf(others)];
  const exception: RiskException = {
    exceptionId: identifiers.exceptionId(target, request.id),
    target,
    control: control.id,
    covers: covers.value,
    reason: request.reason,
    by: request.decidedBy,
    since: startedAt,
    remediationId,
    until: request.until ?? defaultEnd(startedAt, policy),
    findings: findings.map(({ id, productArn, previousNote }) => ({
      id,
      productArn,
      ...(previousNote === undefined ? {} : { previousNote }),
    })),
  };
  const all = [...ofControl(live, control.id), exception];
  const plan = planClosing({
    resource: after,
    controls: [lessExceptions(control, all)],
    policy,
    account: target.account,
  });
  addToRecord(progress, { findings, before: after, plan, exceptions: [toRecorded(exception)] });
  // Before the findings: what is SUPPRESSED without an exception would stay so for ever.
  const saved = await durable.step('store exception', async () => {
    // First of all its end: an exception without one would last for ever.
    const scheduled = await scheduleEnd(exception, schedules);
    return scheduled.ok ? ledger.saveException(exception) : scheduled;
  });
  if (!saved.ok) return { ...refused(`Nothing was accepted: ${saved.error.cause}`), after };
  return { outcome: 'excepted', ...because(openBy([toRecorded(exception)])), after };
}

function refused(cause: string): ClosingResult {
  return { outcome: 'failed', ...because({ code: 'risk-not-accepted', cause }) };
}

/** From the console nobody says until when. */
function defaultEnd(startedAt: string, { exceptionDays = EXCEPTION_DAYS }: Policy): string {
  return new Date(Date.parse(startedAt) + exceptionDays * DAY_MILLIS).toISOString();
}

const EXCEPTION_DAYS = 30;

function reasonToRefuse(finding: Finding, target: AcceptJob['target']): string | undefined {
  const nothing = 'so that there is nothing to accept.';
  if (!finding.control || !finding.target) return finding.problem ?? 'The finding names no resource.';
  if (targetKey(finding.target) !== targetKey(target)) return `The finding is not about ${target.id} any more.`;
  if (finding.recordState === 'ARCHIVED') return `The finding is archived, ${nothing}`;
  if (finding.workflow === 'SUPPRESSED' && finding.portcullisOutcome !== 'excepted') {
    return 'Somebody has suppressed the finding already, without an end: set its workflow status to NEW first.';
  }
  return undefined;
}

/**
 * Findings of the same control on the target, as of another standard: the exception covers what they report as well.
 */
async function findOthers(
  finding: Finding,
  { id }: RequestedControl,
  { durable, hub, log }: AcceptPorts,
): Promise<readonly Finding[]> {
  const { target } = finding;
  if (target === undefined) return [];
  const found = await durable.step('find others of the control', async () => {
    const onTarget = await hub.fetchFindingsOnTarget(target);
    return onTarget.ok ? success(onTarget.value.filter(({ control }) => control?.id === id)) : onTarget;
  });
  if (!found.ok) {
    // They are met by the exception when somebody or something wants them closed.
    log.warn('Other findings of the control could not be read', {
      target: targetKey(target),
      cause: found.error.cause,
    });
    return [];
  }
  return found.value.filter((each) => findingIdentity(each) !== findingIdentity(finding));
}

function remediatedOf(findings: readonly Finding[]) {
  return findings.flatMap((finding) => toRemediated(finding) ?? []);
}
