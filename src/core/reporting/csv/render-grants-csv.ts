import { targetArn } from '../../target';
import type { Report } from '../report';
import { renderGranted, type ReportedGrant } from '../reported-grant';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. Times are ISO 8601, UTC. */
const COLUMNS: readonly CsvColumn<ReportedGrant>[] = [
  { name: 'grant_id', valueOf: ({ grantId }) => grantId },
  { name: 'state', valueOf: ({ state }) => state },
  { name: 'account', valueOf: ({ target }) => target.account },
  { name: 'region', valueOf: ({ target }) => target.region },
  { name: 'resource_id', valueOf: ({ target }) => target.id },
  { name: 'resource_arn', valueOf: ({ target }) => targetArn(target) },
  { name: 'granted', valueOf: renderGranted },
  { name: 'reason', valueOf: ({ reason }) => reason },
  { name: 'by', valueOf: ({ by }) => by },
  { name: 'since', valueOf: ({ since }) => since },
  { name: 'until', valueOf: ({ until }) => until },
  { name: 'ended_at', valueOf: ({ ended }) => ended?.at },
  { name: 'ended_by', valueOf: ({ ended }) => ended?.by },
  { name: 'remediation_id', valueOf: ({ openedBy }) => openedBy },
];

/** One line a grant, also of those that have ended. */
export function renderGrantsCsv({ grants }: Report): Iterable<string> {
  return renderCsv(COLUMNS, grants);
}
