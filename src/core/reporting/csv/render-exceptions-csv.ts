import { renderOpenings } from '../../exceptions/describe-exception';
import type { Report } from '../report';
import type { StatedException } from '../reported-exception';
import { COLUMNS_OF_ENDING, COLUMNS_OF_TARGET } from './columns-of-ending';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. Times are ISO 8601, UTC. */
const COLUMNS: readonly CsvColumn<StatedException>[] = [
  { name: 'exception_id', valueOf: ({ exceptionId }) => exceptionId },
  { name: 'state', valueOf: ({ state }) => state },
  { name: 'control', valueOf: ({ control }) => control },
  ...COLUMNS_OF_TARGET,
  { name: 'may_stay_open', valueOf: ({ covers }) => renderOpenings(covers) },
  ...COLUMNS_OF_ENDING,
  { name: 'how_ended', valueOf: ({ ended }) => ended?.how },
  { name: 'remediation_id', valueOf: ({ remediationId }) => remediationId },
];

/** One line an exception, also of those that have ended. */
export function renderExceptionsCsv({ exceptions }: Report): Iterable<string> {
  return renderCsv(COLUMNS, exceptions);
}
