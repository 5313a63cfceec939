import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { RemediationRecord, ResourceRule, RunbookRunRecord } from '../../../src/core/ledger/remediation-record';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule, Tag } from '../../../src/core/network/security-group-rule';
import { isNetworkAclStep } from '../../../src/core/planning/network-acls/is-network-acl-step';
import type { Plan, PlanStep } from '../../../src/core/planning/plan';
import { planClosing } from '../../../src/core/planning/plan-closing';
import type { PlanPolicy } from '../../../src/core/planning/plan-policy';
import { planUndo } from '../../../src/core/planning/undo/plan-undo';
import { undoAsPlan } from '../../../src/core/planning/undo/undo-as-plan';
import type { Resource } from '../../../src/core/resource';
import { toVerdict } from '../../../src/core/verification/to-verdict';
import { applyStep } from '../../oracle/ec2';
import { applyEntryStep } from '../../oracle/network-acl';

const REMEDIATION = 'rem-0123456789abcdef';
const UNDO = 'rem-fedcba9876543210';

export interface Closed {
  readonly record: RemediationRecord & { readonly action: 'close' };
  readonly plan: Plan;
  readonly after: Resource;
}

/** What the flow would have recorded of a closing whose plan ran through, on a model of EC2. */
export function closeOnModel(
  resource: Resource,
  controls: readonly RequestedControl[],
  policy: PlanPolicy,
  remediationId = REMEDIATION,
): Closed {
  const plan = planClosing({ resource, controls, policy });
  const isClosed = (state: Resource): boolean =>
    toVerdict({ kind: 'found', resource: state }, controls).kind === 'closed';
  const runs = isClosed(resource) || plan.ask.length > 0 ? [] : toRuns(plan.steps, `${remediationId}/0`);
  const after = play(
    resource,
    runs.map(({ step }) => step),
    tagOf(remediationId),
  );
  const nothingToDo = isClosed(resource);
  const unknown = toVerdict({ kind: 'found', resource: after }, controls).kind === 'could-not-tell';
  const outcome = nothingToDo ? 'already-closed' : unknown ? 'could-not-tell' : runs.length === 0 ? 'asked' : 'closed';
  const isPlanned = !nothingToDo && !unknown;
  return {
    plan,
    after,
    record: {
      remediationId,
      target: {
        kind: resource.kind,
        partition: 'aws',
        account: '222222222222',
        region: 'eu-central-1',
        id: resource.id,
      },
      action: 'close',
      trigger: 'custom-action',
      decidedBy: 'custom action "Close ingress"',
      findings: controls.map(({ id, parameters }) => ({
        id: `finding ${id}`,
        productArn: 'product',
        control: id,
        parameters,
      })),
      startedAt: '2026-03-01T12:00:00.000Z',
      finishedAt: '2026-03-01T12:00:09.000Z',
      outcome,
      reason: 'Closed, and read back.',
      ...(isPlanned ? { before: resource, plan } : {}),
      runs,
    },
  };
}

/**
 * Runs that were all seen to take effect.
 *
 * @param plan the remediation and the number of its plan, `rem-…/0`
 */
export function toRuns(steps: readonly PlanStep[], plan = `${REMEDIATION}/0`): readonly RunbookRunRecord[] {
  return steps.map((step, index) => ({
    runId: `${plan}.${String(index)}`,
    executionId: `execution-${String(index)}`,
    step,
    startedAt: '2026-03-01T12:00:01.000Z',
    end: 'effect-seen',
  }));
}

/** What runbooks put on the rules that a closing adds. */
function tagOf(remediationId: string): Tag {
  return { Key: 'portcullis:remediation', Value: remediationId };
}

/** The resource after steps, with ids for what is new. */
function play(resource: Resource, steps: readonly PlanStep[], tag?: Tag): Resource {
  if (resource.kind === 'network-acl') {
    const entries = steps.reduce<readonly NetworkAclEntry[]>(
      (now, step) => (isNetworkAclStep(step) ? applyEntryStep(now, step) : now),
      resource.entries,
    );
    return { ...resource, entries };
  }
  const rules = steps.reduce<readonly SecurityGroupRule[]>(
    (now, step) => (isNetworkAclStep(step) ? now : applyStep(now, step, tag)),
    resource.rules,
  );
  return { ...resource, rules: named(rules) };
}

/** No id is given twice. */
function named(rules: readonly SecurityGroupRule[]): readonly SecurityGroupRule[] {
  const taken = new Set(rules.map(({ SecurityGroupRuleId: id }) => id));
  const free = Array.from({ length: taken.size + rules.length }, (_, i) => `sgr-new-${String(i)}`)
    .filter((id) => !taken.has(id))
    .values();
  return rules.map((rule) => {
    if (rule.SecurityGroupRuleId !== undefined) return rule;
    const { value } = free.next();
    return { SecurityGroupRuleId: value ?? '', ...rule };
  });
}

export interface Ended {
  readonly record: RemediationRecord & { readonly action: 'close' | 'undo' };
  readonly after: Resource;
}

export interface FirstPlan {
  readonly controls: readonly RequestedControl[];
  readonly policy: PlanPolicy;
  /** How many of its calls ran. */
  readonly calls: number;
}

/**
 * A closing whose first plan broke off, and whose second one, for what somebody made of it, ran through; undefined
 * where no second one was needed.
 */
export function closeInTwoPlans(
  resource: Resource,
  { controls, policy, calls }: FirstPlan,
  meddle: (left: Resource) => Resource,
): Ended | undefined {
  const { record } = closeOnModel(resource, controls, policy);
  const first = record.runs.slice(0, calls);
  if (record.before === undefined || first.length === 0) return undefined;
  const tag = tagOf(REMEDIATION);
  const found = meddle(
    play(
      resource,
      first.map(({ step }) => step),
      tag,
    ),
  );
  if (toVerdict({ kind: 'found', resource: found }, controls).kind !== 'still-open') return undefined;
  const plan = planClosing({ resource: found, controls, policy });
  const [steps, outcome] = plan.ask.length > 0 ? ([[], 'asked'] as const) : ([plan.steps, 'closed'] as const);
  const runs = [...first, ...toRuns(steps, `${REMEDIATION}/1`)];
  return { record: { ...record, beforeLatestPlan: found, plan, runs, outcome }, after: play(found, steps, tag) };
}

/** What the flow would have recorded of an undo; undefined where there was nothing to undo. */
export function undoOnModel(
  { record }: Closed,
  found: Resource,
  {
    remediationId = UNDO,
    openLater = [],
  }: { readonly remediationId?: string; readonly openLater?: readonly ResourceRule[] } = {},
): Ended | undefined {
  if (record.outcome !== 'closed' || record.before === undefined) return undefined;
  const plan = planUndo({ before: record.before, runs: record.runs, current: found, openLater });
  const outcome =
    plan.steps.length === 0 ? 'nothing-to-undo' : plan.leftAlone.length === 0 ? 'undone' : 'partly-undone';
  return {
    record: {
      ...record,
      remediationId,
      action: 'undo',
      undoes: record.remediationId,
      before: found,
      plan: undoAsPlan(plan, found.kind),
      runs: toRuns(plan.steps, `${remediationId}/0`),
      outcome,
    },
    after: play(found, plan.steps),
  };
}
