import type { Report } from '../report';
import { renderGranted, type ReportedGrant } from '../reported-grant';
import { COLUMNS_OF_ENDING, COLUMNS_OF_TARGET } from './columns-of-ending';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. Times are ISO 8601, UTC. */
const COLUMNS: readonly CsvColumn<ReportedGrant>[] = [
  { name: 'grant_id', valueOf: ({ grantId }) => grantId },
  { name: 'state', valueOf: ({ state }) => state },
  ...COLUMNS_OF_TARGET,
  { name: 'granted', valueOf: renderGranted },
  ...COLUMNS_OF_ENDING,
  { name: 'remediation_id', valueOf: ({ openedBy }) => openedBy },
];

/** One line a grant, also of those that have ended. */
export function renderGrantsCsv({ grants }: Report): Iterable<string> {
  return renderCsv(COLUMNS, grants);
}
