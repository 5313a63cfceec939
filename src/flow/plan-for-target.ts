import type { ControlInHand } from '../core/controls/control-id';
import type { Plan } from '../core/planning/plan';
import { planClosing } from '../core/planning/plan-closing';
import type { PlanPolicy } from '../core/planning/plan-policy';
import { policyFor } from '../core/planning/policy-for';
import type { Resource } from '../core/resource';
import type { Target } from '../core/target';

/** Plans the closing with what the policy says for this account, these tags and these controls. */
export function planForTarget(
  { account }: Target,
  resource: Resource,
  controls: readonly ControlInHand[],
  policy: PlanPolicy,
): Plan {
  const subject = { account, tags: resource.tags, controls: controls.map(({ id }) => id) };
  return planClosing({ resource, controls, policy: policyFor(policy, subject) });
}
