import Table from 'cli-table3';
import type { Colors } from '../terminal';
import { renderRule } from './rule-text';
import type { ScenarioOutcome } from './scenario';

/** What the columns of the table need at least. */
const NARROWEST_TABLE = 104;

/** The end of `npm start`, as a person would sum it up: a row a scenario, or on a narrow terminal a few lines. */
export function renderOutcomes(outcomes: readonly ScenarioOutcome[], colors: Colors, width: number): string {
  return width < NARROWEST_TABLE ? renderList(outcomes, colors) : renderTable(outcomes, colors, width);
}

function renderList(outcomes: readonly ScenarioOutcome[], colors: Colors): string {
  return outcomes
    .map((outcome) =>
      [
        colors.bold(outcome.name),
        `  ${paintOf(outcome, colors)(outcome.workflow)}: ${outcome.outcome}, started by ${starterOf(outcome)}`,
        ...stillOpen(outcome).map((rule) => `  still open: ${rule}`),
      ].join('\n'),
    )
    .join('\n');
}

function renderTable(outcomes: readonly ScenarioOutcome[], colors: Colors, width: number): string {
  const room = width - 56;
  const table = new Table({
    head: ['scenario', 'started by', 'outcome', 'finding', 'still open'],
    colWidths: [Math.floor(room * 0.5), 14, 16, 12, Math.floor(room * 0.5)],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const outcome of outcomes) {
    const finding = paintOf(outcome, colors)(outcome.workflow);
    const open = stillOpen(outcome).join('\n') || '(nothing)';
    table.push([outcome.name, starterOf(outcome), outcome.outcome, finding, open]);
  }
  return table.toString();
}

function stillOpen({ openAfter }: ScenarioOutcome): readonly string[] {
  return openAfter.map(renderRule).sort();
}

function starterOf({ trigger }: ScenarioOutcome): string {
  return trigger === 'automatic' ? 'itself' : 'a person';
}

function paintOf({ surprises, workflow }: ScenarioOutcome, colors: Colors): (text: string) => string {
  if (surprises.length > 0) return colors.red;
  return workflow === 'RESOLVED' ? colors.green : colors.yellow;
}
