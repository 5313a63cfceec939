import type { RequestedControl } from '../../core/controls/control-id';
import { toHeldControls } from '../../core/detection/controls-to-hold';
import { problemOfGranted } from '../../core/grants/check-wanted';
import { findGranted } from '../../core/grants/find-granted';
import { stateOfGrant, toRecordedGrant, type Grant } from '../../core/grants/grant';
import { mayHaveTakenEffect } from '../../core/ledger/may-have-taken-effect';
import { permissionKey, renderRule } from '../../core/network/rule-source';
import type { SecurityGroup } from '../../core/network/security-group-rule';
import type { SecurityGroupPlan } from '../../core/planning/plan';
import { planClosing } from '../../core/planning/plan-closing';
import type { Policy } from '../../core/policy/policy-entry';
import { because, type EndReason } from '../../core/reasons/because';
import type { CloseTargetPorts, ClosingResult } from '../closing/close-target';
import type { Identifiers, Schedules } from '../ports';
import { finish, notifyPeople, type FinalizePorts } from '../remediation/finalize';
import type { GrantJob } from '../remediation/job';
import { addToRecord, type Progress } from '../remediation/progress';
import { changeOneRule, type NextStep } from './change-one-rule';
import { scheduleGrantEnd } from './schedule-grant-end';

type GrantPorts = CloseTargetPorts &
  FinalizePorts & {
    readonly identifiers: Pick<Identifiers, 'grantId'>;
    readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  };

/**
 * Opens one port of a group to one block of addresses for a while. Its end is scheduled, and the grant is in the
 * ledger, before anything is opened: an execution that is lost in the middle leaves nothing that does not end.
 */
export async function grantAccess(job: GrantJob, progress: Progress, policy: Policy, ports: GrantPorts): Promise<void> {
  const grant = toGrant(job, progress, ports);
  addToRecord(progress, { grant: toRecordedGrant(grant) });
  const refused = reasonToRefuse(grant, progress, policy);
  const result =
    refused === undefined
      ? await open(grant, progress, policy, ports)
      : ({ outcome: 'failed', ...because(refused) } as const);
  await finish(progress, result, ports);
  await finalize(grant, progress, result, ports);
  await notifyPeople(progress, [], ports);
}

function toGrant(
  { target, remediationId, requests: [request] }: GrantJob,
  { record }: Progress,
  ports: GrantPorts,
): Grant {
  const { id, rule, reason, by, until } = request;
  return {
    grantId: ports.identifiers.grantId(target, id),
    target,
    rule,
    reason,
    by,
    since: record.startedAt,
    until,
    openedBy: remediationId,
  };
}

/** By the configuration as it is deployed now, whoever had asked by which one. */
function reasonToRefuse(
  { rule, until }: Grant,
  { record }: Progress,
  { grants: limits }: Policy,
): EndReason | undefined {
  if (limits === undefined) return { code: 'grants-not-configured' };
  const problem = problemOfGranted(rule, limits);
  if (problem !== undefined) return { code: 'grant-not-allowed', problem };
  const minutes = (Date.parse(until) - Date.parse(record.startedAt)) / 60_000;
  if (minutes <= 0) return { code: 'grant-too-late', until };
  if (minutes <= limits.maximumMinutes) return undefined;
  return { code: 'grant-not-allowed', problem: `it would last longer than grants.maximum allows` };
}

async function open(grant: Grant, progress: Progress, policy: Policy, ports: GrantPorts): Promise<ClosingResult> {
  const others = await ports.durable.step('read grants', () => ports.ledger.fetchGrants(grant.target));
  if (!others.ok) return { outcome: 'failed', ...because({ code: 'service-failed', cause: others.error.cause }) };
  const now = new Date(progress.record.startedAt);
  const live = others.value.filter((each) => stateOfGrant(each, now) !== 'ended' && each.grantId !== grant.grantId);
  return changeOneRule(
    progress,
    {
      next: (group) => nextStep(grant, group, { live, policy, hasRun: progress.record.runs.some(mayHaveTakenEffect) }),
      gone: { outcome: 'failed', ...because({ code: 'grant-target-gone' }) },
      notShown: { code: 'access-not-shown', rule: renderRule(grant.rule) },
      prepare: async () => {
        const scheduled = await scheduleGrantEnd(grant, ports.schedules);
        return scheduled.ok ? ports.ledger.saveGrant(grant) : scheduled;
      },
    },
    ports,
  );
}

interface Known {
  /** Grants of the target that are not over. */
  readonly live: readonly Grant[];
  readonly policy: Policy;
  /** Whether a call of this grant may have opened something. */
  readonly hasRun: boolean;
}

function nextStep(grant: Grant, group: SecurityGroup, { live, policy, hasRun }: Known): NextStep {
  const now = findGranted(grant, group.rules);
  switch (now.kind) {
    case 'ours':
      return ended('granted', { code: 'access-granted', rule: renderRule(now.rule), until: grant.until });
    case 'changed': {
      const words = { rule: renderRule(grant.rule), now: renderRule(now.rule) };
      return ended('could-not-tell', { code: 'granted-rule-changed', ...words });
    }
    case 'of-others': {
      // It was not there before the call: ours, without its tag, or not showing it yet. Its end stays scheduled.
      if (hasRun) return ended('could-not-tell', { code: 'access-not-shown', rule: renderRule(grant.rule) });
      const other = live.find(({ rule }) => permissionKey(rule) === permissionKey(grant.rule));
      return other === undefined
        ? ended('already-open', { code: 'access-open-already', rule: renderRule(now.rule) })
        : ended('failed', { code: 'granted-already', grant: other.grantId, until: other.until });
    }
    case 'gone': {
      const refused = reasonAgainst(grant, group, policy);
      return refused === undefined ? { kind: 'run', plan: toPlan(grant, group) } : ended('failed', refused);
    }
  }
}

function ended(outcome: ClosingResult['outcome'], reason: EndReason): NextStep {
  return { kind: 'ended', result: { outcome, ...because(reason) } };
}

/** What of the group itself speaks against it: its owner's tag, or a control that would have it closed again. */
function reasonAgainst({ rule, target }: Grant, group: SecurityGroup, policy: Policy): EndReason | undefined {
  const tag = policy.guards?.protectionTag;
  if (tag !== undefined && group.tags.some(({ Key }) => Key === tag)) return { code: 'grant-protected', tag };
  const after = { ...group, rules: [...group.rules, { ...rule, SecurityGroupRuleId: 'sgr-granted' }] };
  const held = toHeldControls({ baseline: policy.baseline }).filter((control) => {
    const violating = (resource: SecurityGroup): number => violations(resource, control, policy, target.account);
    return control.id !== 'EC2.21' && violating(after) > violating(group);
  });
  const controls = held.map(({ id }) => id);
  return controls.length === 0 ? undefined : { code: 'grant-would-violate', rule: renderRule(rule), controls };
}

function violations(resource: SecurityGroup, control: RequestedControl, policy: Policy, account: string): number {
  return planClosing({ resource, controls: [control], policy, account }).violations.length;
}

function toPlan({ rule }: Grant, group: SecurityGroup): SecurityGroupPlan {
  return {
    violations: [],
    steps: [{ call: 'AuthorizeSecurityGroupIngress', rules: [rule] }],
    remaining: [...group.rules, rule],
    ask: [],
    askReasons: [],
    remarks: [],
    remarkReasons: [],
  };
}

/** The id of the rule is kept; what was never opened has nothing to end. What is not known ends in its time. */
async function finalize(
  grant: Grant,
  { record }: Progress,
  { after }: ClosingResult,
  { durable, ledger, log }: GrantPorts,
): Promise<void> {
  // Nothing was written down, so that nothing was opened.
  if (record.before === undefined) return;
  const changed = grantAfterwards(grant, record.outcome, record.finishedAt ?? record.startedAt, after);
  if (changed === undefined) return;
  const saved = await durable.step('store how the grant began', () => ledger.saveGrant(changed));
  if (!saved.ok)
    log.error('A grant ends in its time, whatever became of it', { grant: grant.grantId, cause: saved.error.cause });
}

function grantAfterwards(
  grant: Grant,
  outcome: Progress['record']['outcome'],
  at: string,
  after: ClosingResult['after'],
): Grant | undefined {
  if (outcome === 'granted' && after?.kind === 'security-group') {
    const now = findGranted(grant, after.rules);
    const ruleId = now.kind === 'gone' ? undefined : now.rule.SecurityGroupRuleId;
    return ruleId === undefined ? undefined : { ...grant, ruleId };
  }
  if (outcome !== 'failed' && outcome !== 'already-open') return undefined;
  return { ...grant, ended: { at, by: grant.by, how: 'not-opened' } };
}
