import { toCanonicalJson } from '../canonical-json';
import type { CertificateParts, CertifiedEntry, CertifiedRule, CertifiedRun, CertifiedStep } from '../certificate';
import { describeEntry } from '../evaluation/find-gone';
import { isAmong, permissionOf } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
import type { Evidence } from './evidence';
import { doesNotHold, type Statement } from './statement';

/** Outcomes after which the latest plan has run to its end. */
const COMPLETE: ReadonlySet<string> = new Set(['closed', 'excepted', 'undone', 'granted', 'access-ended']);

/**
 * The plan is one for the state that it was made for, and what ran is what it says, step by step. A plan that was made
 * again is held against the runs made since.
 */
export function checkPlan(evidence: Evidence, parts: CertificateParts): readonly Statement[] {
  return [...checkMadeFor(evidence, parts), ...checkRan(parts)];
}

/** What a closing takes away was there: else the state is another one, put in to explain what became of the target. */
function checkMadeFor(
  { before, beforeLatestPlan }: Evidence,
  { plan, decision, ...parts }: CertificateParts,
): readonly Statement[] {
  const [state, part] = parts.beforeLatestPlan === null ? [before, 'before'] : [beforeLatestPlan, 'beforeLatestPlan'];
  if (plan === null || state === undefined || decision.action === 'undo') return [];
  const missing = plan.steps.flatMap((step) => takenAway(step).filter((rule) => !isThere(rule, state)));
  return missing.map((rule) =>
    doesNotHold('smallest-cut', { code: 'planned-what-was-absent', part, rule: describe(rule) }, 'plan'),
  );
}

function takenAway({ call, rules }: CertifiedStep): CertifiedStep['rules'] {
  return ['Revoke', 'Replace', 'Delete'].some((verb) => call.startsWith(verb)) ? rules : [];
}

function isThere(rule: CertifiedRule | CertifiedEntry, state: ReadState): boolean {
  if ('RuleNumber' in rule) {
    const { RuleNumber, Egress } = rule;
    return (
      state.kind === 'network-acl' &&
      state.filters.some(({ entry }) => entry.RuleNumber === RuleNumber && entry.Egress === Egress)
    );
  }
  return state.kind === 'security-group' && isAmong(state.permits)(rule);
}

function describe(rule: CertifiedRule | CertifiedEntry): string {
  return 'RuleNumber' in rule ? describeEntry(rule) : permissionOf(rule);
}

function checkRan({ plan, runs, outcome, beforeLatestPlan }: CertificateParts): readonly Statement[] {
  if (runs.length === 0) return [];
  if (plan === null) return [doesNotHold('smallest-cut', { code: 'ran-without-plan' }, 'plan')];
  // Made again, it found nothing left to do: what ran is of the plans before it.
  if (beforeLatestPlan !== null && plan.steps.length === 0) return [];
  const lastRound = Math.max(...runs.map(roundOf));
  const ran = runs.filter((run) => roundOf(run) === lastRound);
  // What broke off, or was done by somebody else meanwhile, may have been planned again.
  if (!COMPLETE.has(outcome.outcome) || ran.some(({ end }) => end !== 'effect-seen')) return [];
  const asPlanned = toCanonicalJson(ran.map(({ step }) => step)) === toCanonicalJson(plan.steps);
  return asPlanned ? [] : [doesNotHold('smallest-cut', { code: 'ran-otherwise' }, 'runs')];
}

/** `rem-…/1.0` is of the second plan. */
export function roundOf({ runId }: CertifiedRun): number {
  return Number(/\/(\d+)\.\d+$/.exec(runId)?.[1] ?? 0);
}
