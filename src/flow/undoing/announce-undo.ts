import type { Finding } from '../../core/findings/finding';
import type { ResourceRule } from '../../core/ledger/remediation-record';
import type { PlanStep } from '../../core/planning/plan';
import { changesOfStep } from '../../core/planning/step-changes';
import type { UndoPlan } from '../../core/planning/undo/undo-plan';
import type { EndReason } from '../../core/reasons/because';
import { failure, success, type Result } from '../../core/result';
import type { Resource } from '../../core/resource';
import { toFindingUpdate } from '../../core/updates/to-finding-update';
import type { CloseTargetPorts } from '../closing/close-target';
import { failsAgain } from './fails-again';
import { rememberRestored } from './remember-restored';
import type { Progress } from '../remediation/progress';
import { findingIdentity } from '../intake/route-finding';
import type { FinalizePorts } from '../remediation/finalize';
import { updateFindings } from '../updating/update-findings';

/** RESOLVED findings that an undo was announced on, by their identity. */
export type Announced = Set<string>;

/**
 * Before an undo touches anything: the ledger learns what it restores, so that no automatic closing takes that away
 * again, and RESOLVED findings that will fail again are NOTIFIED. Should the execution be lost in the middle, no
 * finding says that it is resolved while its target is open.
 */
export async function announceUndo(
  progress: Progress,
  { plan, current, round }: { readonly plan: UndoPlan; readonly current: Resource; readonly round: number },
  { findings, announced }: { readonly findings: readonly Finding[]; readonly announced: Announced },
  ports: CloseTargetPorts & FinalizePorts,
): Promise<Result<undefined, EndReason>> {
  const { target, remediationId, startedAt: at } = progress.record;
  const restored = plan.steps.flatMap(rulesPutBack).map((rule) => ({ rule, remediationId, at }));
  const stored = await ports.durable.step(`store what is given back ${String(round)}`, () =>
    rememberRestored(restored, target, ports.ledger),
  );
  if (!stored.ok) return failure({ code: 'given-back-not-stored', cause: stored.error.cause });

  const after = withRules(current, plan.remaining);
  const concerned = findings.filter(
    (finding) =>
      finding.workflow === 'RESOLVED' && !announced.has(findingIdentity(finding)) && failsAgain(finding, after),
  );
  if (concerned.length === 0) return success(undefined);
  const { note } = toFindingUpdate(progress.record);
  const update = { workflow: 'NOTIFIED', note, userDefinedFields: undefined } as const;
  const [notUpdated] = await updateFindings(concerned, update, ports, { justRead: concerned });
  for (const finding of concerned) announced.add(findingIdentity(finding));
  if (notUpdated === undefined) return success(undefined);
  return failure({ code: 'finding-not-updated', finding: notUpdated.id, cause: notUpdated.reason });
}

function rulesPutBack(step: PlanStep): readonly ResourceRule[] {
  return changesOfStep(step).flatMap(({ effect, rule }) => (effect === 'removes' ? [] : [rule]));
}

function withRules(resource: Resource, remaining: UndoPlan['remaining']): Resource {
  return resource.kind === 'security-group'
    ? { ...resource, rules: remaining.flatMap((rule) => ('RuleNumber' in rule ? [] : rule)) }
    : { ...resource, entries: remaining.flatMap((rule) => ('RuleNumber' in rule ? rule : [])) };
}
