import type { RemovalReason } from '../../reasons/statement-reasons';
import type { CertificateParts, CertifiedRule } from '../certificate';
import { findForbiddenEntries } from '../evaluation/acl-openings';
import { effectOf } from '../evaluation/certified-calls';
import { describeSurplus, type PacketPredicate } from '../evaluation/compare-reach';
import { findViolating } from '../evaluation/find-violating';
import { permissionOf, readPermit, type Permit } from '../evaluation/permit';
import { describeEntry, describeGone, findGone, namesOf, type Gone } from '../evaluation/find-gone';
import type { ReadState } from '../evaluation/read-state';
import { rulesIn, wordsOf } from '../evaluation/words-of';
import { findBothStates, type BothStates } from './both-states';
import { checkPlan } from './check-plan';
import type { Evidence } from './evidence';
import { findMeanwhile } from './meanwhile';
import { findOwnPart } from './own-part';
import { couldNotTell, doesNotHold, holds, type Statement } from './statement';

/**
 * Nothing was removed but what belonged to violating rules, and nothing ran but the plan. An undo, or the end of a
 * grant, removes nothing but what its closing, or the grant, had added.
 */
export function checkRemovals(
  evidence: Evidence,
  parts: CertificateParts,
  closing: Evidence | undefined,
): readonly Statement[] {
  const states = findBothStates('smallest-cut', evidence, parts);
  if ('missing' in states) return [states.missing];
  const { found, remark } = findOwnRemovals(evidence, states, parts, closing);
  // What the closing had added is its undo's to take away, and only the closing's certificate says what that is.
  const isUnknown = takesBack(parts) && closing === undefined;
  const statements = [
    ...found.map((removal) => {
      if (!isUnknown) return doesNotHold('smallest-cut', removal, 'after');
      const closing = parts.decision.undoes ?? parts.decision.grant?.openedBy ?? 'the closing';
      return couldNotTell('smallest-cut', { code: 'closing-needed-for-cut', closing, cut: removal }, 'after');
    }),
    ...checkPlan(evidence, parts),
  ];
  return statements.length === 0 ? [holds('smallest-cut', remark)] : statements;
}

function takesBack({ decision }: CertificateParts): boolean {
  return decision.action === 'undo' || decision.action === 'end-grant';
}

/** What SSM's records show not to have been done by the runbooks is somebody else's as well. */
function findOwnRemovals(
  evidence: Evidence,
  states: BothStates,
  parts: CertificateParts,
  closing: Evidence | undefined,
): ReturnType<typeof findRemovals> {
  const removals = findRemovals(evidence, states, parts, closing);
  if (removals.found.length === 0) return removals;
  const own = findOwnPart(evidence, parts);
  if (own === undefined || findRemovals(evidence, { ...states, after: own }, parts, closing).found.length > 0)
    return removals;
  return { found: [], remark: { code: 'changed-beside-runs', cuts: removals.found } };
}

/**
 * What was removed from a state, and belonged to nothing that violates. What somebody else took away meanwhile is only
 * remarked.
 */
function findRemovals(
  evidence: Evidence,
  { before, after }: BothStates,
  parts: CertificateParts,
  closing: Evidence | undefined,
): { readonly found: readonly RemovalReason[]; readonly remark?: RemovalReason } {
  const culprits = takesBack(parts) ? addedBy(closing) : findCulprits(evidence, before, parts);
  const removalsOf = (had: ReadState): readonly RemovalReason[] => {
    const predicates = had === before ? ([before] as const) : ([before, had] as const);
    const lost = describeSurplus(predicates, [after, ...predicates.map((state) => predicateOf(state, culprits))]);
    const gone = findGone(had, after).filter((one) => !culprits.has(one.name) && !isTakenBack(one, parts));
    return [
      ...(lost === undefined ? [] : [{ code: 'compliant-traffic-cut', traffic: lost } as const]),
      ...gone.map((one) => ({ code: 'compliant-rule-gone', rule: describeGone(one) }) as const),
    ];
  };
  const all = removalsOf(before);
  const meanwhile = all.length === 0 ? undefined : findMeanwhile(evidence, parts);
  if (meanwhile === undefined) return { found: all };
  return { found: removalsOf(meanwhile.left), remark: { code: 'changed-between-plans', cuts: all } };
}

/**
 * What a closing put there is its undo's to take away; what else allows the same is not. A rule that stood before the
 * closing is none of it, though the closing may have authorized the same in other words (udp without ports, udp
 * 0-65535).
 */
function addedBy(closing: Evidence | undefined): ReadonlySet<string> {
  const runs = closing?.parts?.runs ?? [];
  const added = runs.filter(({ step }) => effectOf(step) === 'adds');
  const stood = new Set(closing?.before === undefined ? [] : namesOf(closing.before));
  return new Set(added.flatMap(({ step }) => step.rules.map(wordsOf)).filter((words) => !stood.has(words)));
}

/** What of a state gets through by what violates. */
function predicateOf(state: ReadState, culprits: ReadonlySet<string>): PacketPredicate {
  switch (state.kind) {
    case 'security-group':
      return { ...state, permits: state.permits.filter(({ rule }) => culprits.has(permissionOf(rule))) };
    case 'network-acl': {
      const violating = new Set(
        state.filters.map(({ entry }) => entry).filter((entry) => culprits.has(describeEntry(entry))),
      );
      return { ...state, counts: (entry) => violating.has(entry) };
    }
  }
}

/** What of the state before violates the requested controls: its rules' permissions, or its entries in words. */
function findCulprits(
  { beforeLatestPlan }: Evidence,
  before: ReadState,
  { controls, runs }: CertificateParts,
): ReadonlySet<string> {
  switch (before.kind) {
    case 'security-group': {
      // Rules that somebody added under the plan, and that were revoked with it, may have opened together with others.
      const known = new Set(before.permits.map(({ rule }) => permissionOf(rule)));
      const found = beforeLatestPlan?.kind === before.kind ? beforeLatestPlan.permits : [];
      const revoked = runs
        .filter(({ step }) => effectOf(step) === 'removes')
        .flatMap(({ step }) => rulesIn(step.rules))
        .flatMap(readOrNothing);
      const later = [...found, ...revoked].filter(({ rule }) => !known.has(permissionOf(rule)));
      // Beside a larger block the smaller ones inside it are compliant, and before it came they may not have been.
      const states = [before.permits, found, ...(later.length === 0 ? [] : [[...before.permits, ...later]])];
      const added = runs
        .filter(({ step }) => effectOf(step) === 'adds')
        .flatMap(({ step }) => rulesIn(step.rules))
        .flatMap(readOrNothing);
      const violating = states.flatMap((permits) => findViolating(before.name, permits, controls, added));
      return new Set(violating.map(permissionOf).filter((permission) => known.has(permission)));
    }
    case 'network-acl': {
      const violating = controls.flatMap((control) => findForbiddenEntries(before, control).entries);
      return new Set(violating.map(({ filter }) => describeEntry(filter.entry)));
    }
  }
}

function readOrNothing(rule: CertifiedRule): readonly Permit[] {
  const permit = readPermit(rule, new Map());
  return 'problem' in permit ? [] : [permit];
}

/** An undo takes away what the closing had added: its runs name it. */
function isTakenBack({ name, rule: gone }: Gone, { decision, runs, before }: CertificateParts): boolean {
  if (decision.action !== 'undo') return false;
  const isIt = ({ SecurityGroupRuleId: id }: CertifiedRule): boolean =>
    id === undefined || gone?.SecurityGroupRuleId === undefined || id === gone.SecurityGroupRuleId;
  return runs.some(({ step }) =>
    step.rules.some((rule) =>
      'RuleNumber' in rule
        ? before?.kind === 'network-acl' &&
          before.entries.some(
            (entry) =>
              entry.RuleNumber === rule.RuleNumber && entry.Egress === rule.Egress && describeEntry(entry) === name,
          )
        : effectOf(step) === 'removes' && permissionOf(rule) === name && isIt(rule),
    ),
  );
}
