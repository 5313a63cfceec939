import type { Context } from '../../core/context/context';
import { toContext } from '../../core/context/to-context';
import { madeByRunbooks } from '../../core/context/to-opened-by';
import type { RequestedControl } from '../../core/controls/control-id';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import { planClosing } from '../../core/planning/plan-closing';
import type { PlanPolicy } from '../../core/planning/plan-policy';
import { success } from '../../core/result';
import type { Observation, PortResult, Targets } from '../ports';
import { readWhoHadItMade, type MadeByPorts } from './read-who-had-it-made';

export type ObservationWithContext = Observation & {
  /** Missing where it was read before, or nothing violates. */
  readonly context?: Context;
};

/**
 * Reads a target, and where something violates, what is around it: once a remediation, and within the same durable
 * step, since another one would cost more than the reads do.
 */
export async function observeWithContext(
  { target, remediationId, context: known }: RemediationRecord,
  controls: readonly RequestedControl[],
  policy: PlanPolicy,
  { targets, ledger }: { readonly targets: Targets; readonly ledger: MadeByPorts },
): PortResult<ObservationWithContext> {
  const observed = await targets.observe(target, remediationId);
  if (!observed.ok || observed.value.kind === 'gone' || known !== undefined) return observed;
  const { resource } = observed.value;
  const plan = planClosing({ resource, controls, policy, account: target.account });
  if (plan.violations.length === 0) return observed;
  const around = await targets.readSurroundings(target, resource, plan, remediationId);
  const made = await readWhoHadItMade(target, madeByRunbooks(plan, resource, around.trail), ledger);
  return success({ ...observed.value, context: toContext(target, resource, plan, around, made) });
}
