import type { CertificateParts, CertifiedRule } from '../certificate';
import { findForbiddenEntries } from '../evaluation/acl-openings';
import { describeSurplus, type Passage } from '../evaluation/compare-reach';
import { findGroupOpenings } from '../evaluation/group-openings';
import { permissionOf, readPermit, type Permit } from '../evaluation/permit';
import { describeEntry, findGone } from '../evaluation/find-gone';
import type { ReadState } from '../evaluation/read-state';
import { checkPlan } from './check-plan';
import type { Evidence } from './evidence';
import { findMeanwhile } from './meanwhile';
import { couldNotTell, doesNotHold, holds, type Statement } from './statement';

/** Nothing was cut but what belonged to violating rules, and nothing ran but the plan. An undo cuts nothing at all. */
export function checkCut(evidence: Evidence, parts: CertificateParts): readonly Statement[] {
  const { before, after } = evidence;
  if (parts.runs.length === 0 && (before === undefined || after === undefined)) {
    return [holds('smallest-cut', 'nothing ran')];
  }
  if (before === undefined) return [couldNotTell('smallest-cut', 'there is no state before to compare with', 'before')];
  if (after === undefined) return [couldNotTell('smallest-cut', 'there is no state after to compare with', 'after')];
  const culprits = parts.decision.action === 'undo' ? NO_CULPRITS : findCulprits(evidence, before, parts);
  const { found, remark } = findCuts(evidence, { before, after }, culprits, parts);
  const statements = [...found.map((text) => doesNotHold('smallest-cut', text, 'after')), ...checkPlan(parts)];
  return statements.length === 0 ? [holds('smallest-cut', remark)] : statements;
}

/** What was cut of a state, and belonged to nothing that violates. What somebody else took away meanwhile is only remarked. */
function findCuts(
  evidence: Evidence,
  { before, after }: { readonly before: ReadState; readonly after: ReadState },
  culprits: Culprits,
  parts: CertificateParts,
): { readonly found: readonly string[]; readonly remark: string } {
  const cutsOf = (had: ReadState): readonly string[] => {
    const lost = describeSurplus(had, [after, ...culprits.passages]);
    const gone = findGone(had, after).filter((name) => !culprits.names.has(name) && !isTakenBack(name, parts));
    return [
      ...(lost === undefined ? [] : [`cut, though it belonged to nothing that violates: ${lost}`]),
      ...gone.map((name) => `is gone, though it violated nothing: ${name}`),
    ];
  };
  const all = cutsOf(before);
  const meanwhile = all.length === 0 ? undefined : findMeanwhile(evidence, parts);
  if (meanwhile === undefined) return { found: all, remark: '' };
  return { found: cutsOf(meanwhile.left), remark: `somebody else changed it between two plans: ${all.join('; ')}` };
}

interface Culprits {
  /** What the violating rules and entries let through. */
  readonly passages: readonly Passage[];
  /** Their permissions, or the entries' numbers. */
  readonly names: ReadonlySet<string>;
}

const NO_CULPRITS: Culprits = { passages: [], names: new Set() };

/** What of the state before violates the controls in hand. */
function findCulprits(
  { beforeLatestPlan }: Evidence,
  before: ReadState,
  { controls, runs }: CertificateParts,
): Culprits {
  switch (before.kind) {
    case 'security-group': {
      // Rules that somebody added under the plan, and that were revoked with it, may have opened together with others.
      const known = new Set(before.permits.map(({ rule }) => permissionOf(rule)));
      const found = beforeLatestPlan?.kind === before.kind ? beforeLatestPlan.permits : [];
      const revoked = runs
        .filter(({ step }) => step.call.startsWith('Revoke'))
        .flatMap(({ step }) => step.rules.flatMap((rule) => ('RuleNumber' in rule ? [] : [rule])))
        .flatMap(readOrNothing);
      const later = [...found, ...revoked].filter(({ rule }) => !known.has(permissionOf(rule)));
      const seen = { name: before.name, permits: [...before.permits, ...later] };
      const guilty = new Set(
        controls.flatMap((control) => findGroupOpenings(seen, control).openings.flatMap(({ rules }) => rules)),
      );
      const permits = before.permits.filter(({ rule }) => guilty.has(rule));
      return {
        passages: [{ kind: 'security-group', permits }],
        names: new Set(permits.map(({ rule }) => permissionOf(rule))),
      };
    }
    case 'network-acl': {
      const forbidden = controls.flatMap((control) => findForbiddenEntries(before, control).entries);
      const guilty = new Set(forbidden.map(({ filter }) => filter.entry));
      return {
        passages: [{ ...before, counts: (entry) => guilty.has(entry) }],
        names: new Set([...guilty].map(describeEntry)),
      };
    }
  }
}

function readOrNothing(rule: CertifiedRule): readonly Permit[] {
  const permit = readPermit(rule, new Map());
  return 'problem' in permit ? [] : [permit];
}

/** An undo takes away what the closing had added: its runs name it. */
function isTakenBack(name: string, { decision, runs, before }: CertificateParts): boolean {
  if (decision.action !== 'undo') return false;
  return runs.some(({ step }) =>
    step.rules.some((rule) =>
      'RuleNumber' in rule
        ? before?.kind === 'network-acl' &&
          before.entries.some(
            (entry) =>
              entry.RuleNumber === rule.RuleNumber && entry.Egress === rule.Egress && describeEntry(entry) === name,
          )
        : step.call.startsWith('Revoke') && permissionOf(rule) === name,
    ),
  );
}
