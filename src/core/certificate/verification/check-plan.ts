import { toCanonicalJson } from '../canonical-json';
import type { CertificateParts, CertifiedRun } from '../certificate';
import { doesNotHold, type Statement } from './statement';

/** Outcomes after which the latest plan has run to its end. */
const COMPLETE: ReadonlySet<string> = new Set(['closed', 'undone']);

/** What ran is what the plan says, step by step. A plan that was made again is held against the runs made since. */
export function checkPlan({ plan, runs, outcome }: CertificateParts): readonly Statement[] {
  if (runs.length === 0) return [];
  if (plan === null) return [doesNotHold('smallest-cut', 'runbooks ran, and there is no plan', 'plan')];
  const lastRound = Math.max(...runs.map(roundOf));
  const ran = runs.filter((run) => roundOf(run) === lastRound);
  // What broke off, or was done by somebody else meanwhile, may have been planned again.
  if (!COMPLETE.has(outcome.outcome) || ran.some(({ end }) => end !== 'effect-seen')) return [];
  const asPlanned = toCanonicalJson(ran.map(({ step }) => step)) === toCanonicalJson(plan.steps);
  return asPlanned ? [] : [doesNotHold('smallest-cut', 'what ran is not what the plan says', 'runs')];
}

/** `rem-…/1.0` is of the second plan. */
function roundOf({ runId }: CertifiedRun): number {
  return Number(/\/(\d+)\.\d+$/.exec(runId)?.[1] ?? 0);
}
