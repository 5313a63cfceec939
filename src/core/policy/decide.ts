import type { Plan } from '../planning/plan';
import { because, type Because } from '../reasons/because';

/** What happens to a target, and why. */
export type Decision =
  | { readonly kind: 'go' }
  | ({ readonly kind: 'not-needed' } & Because)
  /** A person must decide. */
  | ({ readonly kind: 'ask' } & Because);

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
  if (facts.target === 'gone') return { kind: 'not-needed', ...because({ code: 'resource-gone' }) };
  const { ask, askReasons = [] } = facts.plan;
  if (ask.length > 0) return { kind: 'ask', reason: ask.join(' '), reasons: askReasons };
  const calls = facts.plan.steps.length;
  if (calls > MOST_STEPS) return { kind: 'ask', ...because({ code: 'too-many-calls', calls, most: MOST_STEPS }) };
  return { kind: 'go' };
}
