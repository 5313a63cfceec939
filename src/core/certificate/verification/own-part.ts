import type { CertificateParts, CertifiedEntry, CertifiedRule, CertifiedRun, CertifiedStep } from '../certificate';
import { readFilter, type Filter } from '../evaluation/acl-filter';
import { effectOf } from '../evaluation/certified-calls';
import { permissionOf, readPermit, type Permit } from '../evaluation/permit';
import type { ReadState } from '../evaluation/read-state';
import { entriesIn, placeOf, rulesIn, wordsOf } from '../evaluation/words-of';
import { roundOf } from './check-plan';
import type { Evidence } from './evidence';

/**
 * What the runs alone have made of the target, where that is known: SSM's own record of every execution shows the calls
 * that were planned and no other. What the target shows beyond it is then somebody else's. Undefined where one of the
 * records is missing or shows anything else: then nobody can say who it was.
 */
export function findOwnPart(evidence: Evidence, parts: CertificateParts): ReadState | undefined {
  return parts.runs.length > 0 && parts.runs.every(didAsPlanned) ? replay(evidence, parts) : undefined;
}

/** Whether SSM reports nothing but the step's own call, with no rule in it that is not the step's. */
function didAsPlanned({ step, reported }: CertifiedRun): boolean {
  if (reported === undefined) return false;
  const planned = new Set(step.rules.map((rule) => nameIn(step, rule)));
  return reported.every(
    (call) => call.call === step.call && call.rules.every((rule) => planned.has(nameIn(call, rule))),
  );
}

/** EC2 deletes an entry by its place, whatever it says. */
function nameIn(step: CertifiedStep, rule: CertifiedRule | CertifiedEntry): string {
  return 'RuleNumber' in rule && effectOf(step) === 'removes' ? placeOf(rule) : wordsOf(rule);
}

/** The state that the latest plan was made for, with what has run since; undefined where that may be anything. */
function replay(
  { before, beforeLatestPlan, after }: Evidence,
  { runs, plan, ...parts }: CertificateParts,
): ReadState | undefined {
  const base = parts.beforeLatestPlan === null ? before : beforeLatestPlan;
  if (base === undefined) return undefined;
  const since = parts.beforeLatestPlan === null ? runs : runsOf(plan, runs);
  const steps = since.filter(mayHaveRun).map(({ step }) => step);
  if (steps.some((step) => effectOf(step) === undefined)) return undefined;
  if (base.kind === 'network-acl') return { ...base, filters: steps.reduce(applyEntry, base.filters) };
  const lists = after?.kind === base.kind ? after.permits : [];
  return { ...base, permits: steps.reduce((permits, step) => applyRules(permits, step, lists), base.permits) };
}

/** Those of the latest round, if they are of the plan; a plan that never ran is behind all of them. */
function runsOf(plan: CertificateParts['plan'], runs: readonly CertifiedRun[]): readonly CertifiedRun[] {
  const last = Math.max(...runs.map(roundOf));
  const latest = runs.filter((run) => roundOf(run) === last);
  const planned = plan?.steps ?? [];
  const isOfPlan = latest.every(({ step }, index) => JSON.stringify(step) === JSON.stringify(planned[index]));
  return isOfPlan ? latest : [];
}

/** What was refused, or met rules that somebody had changed, shows in the rules. */
function mayHaveRun({ end }: CertifiedRun): boolean {
  return end !== 'failed' && end !== 'rules-changed';
}

/** @param seen where the sources of prefix lists are known from */
function applyRules(permits: readonly Permit[], step: CertifiedStep, seen: readonly Permit[]): readonly Permit[] {
  const own = rulesIn(step.rules);
  const names = new Set(own.map(permissionOf));
  if (effectOf(step) === 'removes') return permits.filter(({ rule }) => !names.has(permissionOf(rule)));
  const present = new Set(permits.map(({ rule }) => permissionOf(rule)));
  const added = own.filter((rule) => !present.has(permissionOf(rule))).flatMap((rule) => readAs(rule, seen));
  return [...permits, ...added];
}

function readAs(rule: CertifiedRule, seen: readonly Permit[]): readonly Permit[] {
  const same = seen.find((permit) => permissionOf(permit.rule) === permissionOf(rule));
  const permit = same ?? readPermit(rule, new Map());
  return 'problem' in permit ? [] : [permit];
}

function applyEntry(filters: readonly Filter[], step: CertifiedStep): readonly Filter[] {
  const own = entriesIn(step.rules);
  const places = new Set(own.map(placeOf));
  const others = filters.filter(({ entry }) => !places.has(placeOf(entry)));
  if (effectOf(step) === 'removes') return others;
  const added = own.map(readFilter).flatMap((filter) => ('problem' in filter ? [] : [filter]));
  return [...others, ...added];
}
