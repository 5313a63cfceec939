import { findGranted } from '../../core/grants/find-granted';
import { stateOfGrant, toRecordedGrant, type Grant, type HowGrantEnded } from '../../core/grants/grant';
import type { RemediationOutcome } from '../../core/ledger/remediation-record';
import { renderRule } from '../../core/network/rule-source';
import type { SecurityGroup, SecurityGroupRule } from '../../core/network/security-group-rule';
import type { SecurityGroupPlan } from '../../core/planning/plan';
import { because } from '../../core/reasons/because';
import type { CloseTargetPorts } from '../closing/close-target';
import { couldNotTell } from '../closing/could-not-tell';
import { countOnce } from '../count-once';
import type { Schedules } from '../ports';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import type { EndGrantJob } from '../remediation/job';
import { answerWith, addToRecord, type Progress } from '../remediation/progress';
import { changeOneRule, type NextStep } from './change-one-rule';
import { scheduleNextAttempt } from './schedule-grant-end';

type EndPorts = CloseTargetPorts & FinalizePorts & { readonly schedules: Pick<Schedules, 'scheduleOnce'> };

/**
 * Takes away what a grant opened, and reads back that it is gone. Where that does not work it is tried again later, and
 * the alarm says so; what somebody changed or made anew is not for the grant to take away, and people are notified.
 */
export async function endAccess(job: EndGrantJob, progress: Progress, ports: EndPorts): Promise<void> {
  const { target, requests } = job;
  const [{ grantId }] = requests;
  const read = await ports.durable.step('read grant', async () => {
    const grant = await ports.ledger.fetchGrant(target, grantId);
    return grant.ok ? { ok: true, value: grant.value ?? null } : grant;
  });
  if (!read.ok) {
    await finish(progress, couldNotTell(read.error.cause), ports);
    await notifyPeople(progress, [], ports);
    return;
  }
  const grant = read.value;
  const now = new Date(progress.record.startedAt);
  const isDue = grant !== null && (requests[0].how === 'by-hand' || stateOfGrant(grant, now) === 'overdue');
  if (grant === null || grant.ended !== undefined || !isDue) {
    answerWith(progress, { reason: 'Nothing was to be ended: the grant has ended already, or is not due.' });
    return;
  }
  addToRecord(progress, { grant: toRecordedGrant(grant) });
  const result = await changeOneRule(
    progress,
    {
      next: (group) => nextStep(grant, group, job, progress),
      gone: { outcome: 'not-needed', ...because({ code: 'resource-gone' }) },
      notShown: { code: 'access-end-not-shown', rule: renderRule(grant.rule) },
      prepare: () => Promise.resolve({ ok: true, value: undefined }),
    },
    ports,
  );
  await finish(progress, result, ports);
  await finalize(grant, job, progress, ports);
  await notifyPeople(progress, [], ports);
}

function nextStep(
  grant: Grant,
  group: SecurityGroup,
  { requests: [{ how }] }: EndGrantJob,
  { record }: Progress,
): NextStep {
  const now = findGranted(grant, group.rules);
  const rule = renderRule(grant.rule);
  switch (now.kind) {
    case 'ours':
      return { kind: 'run', plan: toPlan(now.rule, group) };
    case 'changed':
      return left(because({ code: 'granted-rule-changed', rule, now: renderRule(now.rule) }));
    case 'of-others':
      return left(because({ code: 'granted-rule-of-others', rule: renderRule(now.rule) }));
    case 'gone': {
      const isOurs = record.runs.some(({ end }) => end === 'effect-seen' || end === 'unknown');
      const why = isOurs
        ? ({ code: 'access-ended', rule, how } as const)
        : ({ code: 'access-gone-already', rule } as const);
      return { kind: 'ended', result: { outcome: 'access-ended', ...because(why) } };
    }
  }
}

function left(why: ReturnType<typeof because>): NextStep {
  return { kind: 'ended', result: { outcome: 'still-open', ...why } };
}

function toPlan(rule: SecurityGroupRule, group: SecurityGroup): SecurityGroupPlan {
  return {
    violations: [],
    steps: [{ call: 'RevokeSecurityGroupIngress', rules: [rule] }],
    remaining: group.rules.filter((each) => each !== rule),
    ask: [],
    askReasons: [],
    remarks: [],
    remarkReasons: [],
  };
}

/** How a grant is over, by how the attempt ended; undefined where it is not. */
function howEnded(outcome: RemediationOutcome, how: 'due' | 'by-hand'): HowGrantEnded | undefined {
  if (outcome === 'access-ended' || outcome === 'not-needed') return how;
  return outcome === 'still-open' ? 'left' : undefined;
}

async function finalize(
  grant: Grant,
  { requests: [{ how, attempt, decidedBy }] }: EndGrantJob,
  { record }: Progress,
  ports: EndPorts,
): Promise<void> {
  const { durable, ledger, log, schedules } = ports;
  const { grantId } = grant;
  const ended = howEnded(record.outcome, how);
  if (ended !== undefined) {
    const at = record.finishedAt ?? record.startedAt;
    const over = { ...grant, ended: { at, by: decidedBy, how: ended } };
    const saved = await durable.step('store the end of the grant', () => ledger.saveGrant(over));
    // The next attempt finds nothing to take away.
    if (!saved.ok) log.error('A grant is not marked as ended', { grant: grantId, cause: saved.error.cause });
  }
  // Also where it was left: something is open past its end.
  if (ended !== undefined && ended !== 'left') return;
  if (stateOfGrant(grant, new Date(record.startedAt)) === 'overdue' || ended === 'left') {
    await countOnce('count grant not ended', [['GrantsNotEnded', 1]], ports);
  }
  if (ended !== undefined || attempt === undefined) return;
  const again = await durable.step('schedule another attempt', () => scheduleNextAttempt(grant, attempt, schedules));
  if (!again.ok)
    log.error('No further attempt to end a grant is scheduled', { grant: grantId, cause: again.error.cause });
}
