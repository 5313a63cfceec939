import { toCanonicalJson } from '../canonical-json';
import type { CertificateParts, CertifiedEntry, CertifiedRule, CertifiedRun } from '../certificate';
import { effectOf, takesAway } from '../evaluation/certified-calls';
import { isAmong } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
import { wordsOf } from '../evaluation/words-of';
import type { Evidence } from './evidence';
import { couldNotTell, doesNotHold, type Statement } from './statement';

/** Outcomes after which the latest plan has run to its end. */
const COMPLETE: ReadonlySet<string> = new Set(['closed', 'excepted', 'undone', 'granted', 'access-ended']);

/**
 * The plan is one for the state that it was made for, and what ran is what it says, step by step. A plan that was made
 * again is held against the runs made since.
 */
export function checkPlan(evidence: Evidence, parts: CertificateParts): readonly Statement[] {
  return [...checkCalls(parts), ...checkMadeFor(evidence, parts), ...checkRan(parts)];
}

/** What a call does that is not known here, nobody here can tell: a later version of Portcullis may make it. */
function checkCalls({ plan, runs }: CertificateParts): readonly Statement[] {
  const steps = [...(plan?.steps ?? []), ...runs.map(({ step }) => step)];
  const unknown = new Set(steps.filter((step) => effectOf(step) === undefined).map(({ call }) => call));
  return [...unknown].map((call) => couldNotTell('smallest-cut', { code: 'call-not-known', call }, 'plan'));
}

/** What a closing takes away was there: else the state is another one, put in to explain what became of the target. */
function checkMadeFor(
  { before, beforeLatestPlan }: Evidence,
  { plan, decision, ...parts }: CertificateParts,
): readonly Statement[] {
  const [state, part] = parts.beforeLatestPlan === null ? [before, 'before'] : [beforeLatestPlan, 'beforeLatestPlan'];
  if (plan === null || state === undefined || decision.action === 'undo') return [];
  const missing = plan.steps.flatMap((step) =>
    (takesAway(step) ? step.rules : []).filter((rule) => !isThere(rule, state)),
  );
  return missing.map((rule) =>
    doesNotHold('smallest-cut', { code: 'planned-what-was-absent', part, rule: wordsOf(rule) }, 'plan'),
  );
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
