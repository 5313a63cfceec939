import Table from 'cli-table3';
import type { Colors } from '../terminal';
import { renderRule } from './rule-text';
import type { ScenarioOutcome } from './scenario';

/** The end of `npm start`: one row a scenario, as a person would tell it. */
export function renderOutcomeTable(outcomes: readonly ScenarioOutcome[], colors: Colors, width: number): string {
  const room = Math.max(width - 56, 40);
  const table = new Table({
    head: ['scenario', 'started by', 'outcome', 'finding', 'still open'],
    colWidths: [Math.floor(room * 0.5), 14, 16, 12, Math.ceil(room * 0.5)],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const outcome of outcomes) {
    const paint =
      outcome.surprises.length > 0 ? colors.red : outcome.workflow === 'RESOLVED' ? colors.green : colors.yellow;
    table.push([
      outcome.name,
      outcome.trigger === 'automatic' ? 'itself' : 'a person',
      outcome.outcome,
      paint(outcome.workflow),
      outcome.openAfter.map(renderRule).sort().join('\n') || '(nothing)',
    ]);
  }
  return table.toString();
}
