import { renderOpenings } from '../../exceptions/describe-exception';
import { targetArn } from '../../target';
import type { Report } from '../report';
import type { StatedException } from '../reported-exception';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. Times are ISO 8601, UTC. */
const COLUMNS: readonly CsvColumn<StatedException>[] = [
  { name: 'exception_id', valueOf: ({ exceptionId }) => exceptionId },
  { name: 'state', valueOf: ({ state }) => state },
  { name: 'control', valueOf: ({ control }) => control },
  { name: 'account', valueOf: ({ target }) => target.account },
  { name: 'region', valueOf: ({ target }) => target.region },
  { name: 'resource_id', valueOf: ({ target }) => target.id },
  { name: 'resource_arn', valueOf: ({ target }) => targetArn(target) },
  { name: 'may_stay_open', valueOf: ({ covers }) => renderOpenings(covers) },
  { name: 'reason', valueOf: ({ reason }) => reason },
  { name: 'by', valueOf: ({ by }) => by },
  { name: 'since', valueOf: ({ since }) => since },
  { name: 'until', valueOf: ({ until }) => until },
  { name: 'ended_at', valueOf: ({ ended }) => ended?.at },
  { name: 'ended_by', valueOf: ({ ended }) => ended?.by },
  { name: 'how_ended', valueOf: ({ ended }) => ended?.how },
  { name: 'remediation_id', valueOf: ({ remediationId }) => remediationId },
];

/** One line an exception, also of those that have ended. */
export function renderExceptionsCsv({ exceptions }: Report): Iterable<string> {
  return renderCsv(COLUMNS, exceptions);
}
