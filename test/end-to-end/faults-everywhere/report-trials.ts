import { kindOrder, renderTrial } from './trial';
import type { TrialResult } from './run-trials';
import { VIOLATION_KINDS } from './violations';

/** Faults tried by kind, how the runs ended, and every violation with the command that plays it again. */
export function renderReport(results: readonly TrialResult[]): string {
  const kinds = [...new Set(results.flatMap(kindsOf))].sort((a, b) => kindOrder(a) - kindOrder(b));
  const rows = kinds.map((kind) => {
    const of = results.filter((result) => kindsOf(result).includes(kind));
    return [kind, of.length, count(of, ({ ended }) => ended === 'as-ever'), countViolations(of)];
  });
  const table = [['fault', 'runs', 'as ever', 'violations'], ...rows].map((row) =>
    row.map((cell, column) => (column === 0 ? String(cell).padEnd(24) : String(cell).padStart(12))).join(''),
  );
  const violations = results
    .flatMap(({ trial, violations: found }) => found.map((each) => ({ trial, ...each })))
    .map(({ trial, kind, detail }) => `${kind}: ${detail}\n  npm run test:faults -- --replay '${renderTrial(trial)}'`);
  const byKind = VIOLATION_KINDS.map((kind) => {
    const found = results.flatMap((result) => result.violations).filter((each) => each.kind === kind);
    return `${kind} ${String(found.length)}`;
  });
  const faults = results.reduce((sum, { trial }) => sum + trial.injections.length, 0);
  const struck = results.reduce((sum, result) => sum + result.struck, 0);
  return [
    ...table,
    '',
    ...violations,
    `${String(results.length)} runs, ${String(faults)} faults tried, ${String(struck)} struck; violations: ${String(countViolations(results))} (${byKind.join(', ')})`,
  ].join('\n');
}

/** A run with two faults counts for both kinds. */
function kindsOf({ trial }: TrialResult): readonly string[] {
  return [...new Set(trial.injections.map(({ kind }) => kind))];
}

function count(results: readonly TrialResult[], is: (result: TrialResult) => boolean): number {
  return results.filter(is).length;
}

function countViolations(results: readonly TrialResult[]): number {
  return results.reduce((sum, { violations }) => sum + violations.length, 0);
}
