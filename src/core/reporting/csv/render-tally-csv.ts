import { controlOf } from '../../controls/control-registry';
import { CONTROL_IDS } from '../../controls/control-id';
import type { Report } from '../report';
import { STATUSES } from '../check-status';
import { unresolved, type Tally } from '../tally';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. */
const COUNTS: readonly CsvColumn<Tally>[] = [
  { name: 'checks', valueOf: ({ total }) => total },
  { name: 'not_settled', valueOf: unresolved },
  ...STATUSES.map((status) => ({
    name: status.replaceAll('-', '_'),
    valueOf: ({ byStatus }: Tally) => byStatus[status],
  })),
  { name: 'waiting_for_a_person', valueOf: ({ waiting }) => waiting },
  { name: 'median_seconds_to_closed', valueOf: ({ secondsFromFirstSeenToClosed: { median } }) => median },
  { name: 'p90_seconds_to_closed', valueOf: ({ secondsFromFirstSeenToClosed: { p90 } }) => p90 },
  { name: 'median_seconds_decision_to_closed', valueOf: ({ secondsFromDecisionToClosed: { median } }) => median },
  { name: 'p90_seconds_decision_to_closed', valueOf: ({ secondsFromDecisionToClosed: { p90 } }) => p90 },
  { name: 'excepted', valueOf: ({ excepted }) => excepted },
  { name: 'overdue', valueOf: ({ overdue }) => overdue },
  { name: 'reopened', valueOf: ({ reopened }) => reopened },
  { name: 'closed_by_itself', valueOf: ({ closedByItself }) => closedByItself },
  { name: 'checks_that_count', valueOf: ({ counted }) => counted },
  { name: 'checks_that_pass', valueOf: ({ passing }) => passing },
  { name: 'score', valueOf: ({ score }) => score },
];

/** One line a control. */
export function renderControlsCsv({ byControl }: Report): Iterable<string> {
  return renderCsv(
    [{ name: 'control', valueOf: ({ name }) => name }, { name: 'control_title', valueOf: titleOf }, ...COUNTS],
    byControl,
  );
}

/**
 * One line a requirement of a standard, as Security Hub words it. A check that answers several is in the line of each.
 */
export function renderRequirementsCsv({ byRequirement }: Report): Iterable<string> {
  return renderCsv([{ name: 'requirement', valueOf: ({ name }) => name }, ...COUNTS], byRequirement);
}

/** One line a standard. */
export function renderStandardsCsv({ byStandard }: Report): Iterable<string> {
  return renderCsv([{ name: 'standard', valueOf: ({ name }) => name }, ...COUNTS], byStandard);
}

function titleOf({ name }: Tally): string | undefined {
  const id = CONTROL_IDS.find((one) => one === name);
  return id === undefined ? undefined : controlOf(id).title;
}
