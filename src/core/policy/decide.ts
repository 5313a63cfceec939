import type { Plan } from '../planning/plan';
import { renderAskReason, type AskReason } from '../reasons/ask-reasons';

/** What happens to a target, and why. */
export type Decision =
  | { readonly kind: 'go' }
  | { readonly kind: 'not-needed'; readonly reason: string }
  /** A person must decide. */
  | { readonly kind: 'ask'; readonly reasons: readonly string[] };

/** The target as it was observed, with the plan that was made on it. */
export type Facts = { readonly target: 'gone' } | { readonly target: 'found'; readonly plan: Plan };

/**
 * An execution takes 3,000 durable operations, and each step of a plan about three of them.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MOST_STEPS = 600;

/**
 * Whether a plan may run. The order is fixed: nothing to do comes before asking, and asking before doing, whoever
 * requested it. A person's click or a control's automatic mode is what brought the request here, so both go.
 */
export function decide(facts: Facts): Decision {
  if (facts.target === 'gone') return { kind: 'not-needed', reason: 'The resource does not exist any more.' };
  if (facts.plan.ask.length > 0) return { kind: 'ask', reasons: facts.plan.ask };
  const steps = facts.plan.steps.length;
  if (steps > MOST_STEPS) {
    const reason: AskReason = { code: 'too-many-calls', calls: steps, most: MOST_STEPS };
    return { kind: 'ask', reasons: [renderAskReason(reason)] };
  }
  return { kind: 'go' };
}
