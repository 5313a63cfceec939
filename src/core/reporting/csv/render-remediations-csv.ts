import { targetArn } from '../../target';
import type { Report } from '../report';
import type { ReportedRemediation } from '../reported-remediation';
import { secondsBetween } from '../durations';
import { inWords } from './in-words';
import { renderCsv, type CsvColumn } from './csv';

/** Columns may be added at the end; names and meanings stay. Times are ISO 8601, UTC. */
const COLUMNS: readonly CsvColumn<ReportedRemediation>[] = [
  { name: 'remediation_id', valueOf: ({ remediationId }) => remediationId },
  { name: 'action', valueOf: ({ action }) => action },
  { name: 'undoes', valueOf: ({ undoes }) => undoes },
  { name: 'outcome', valueOf: ({ outcome }) => outcome },
  { name: 'reason', valueOf: ({ reason }) => reason },
  { name: 'controls', valueOf: ({ controls }) => controls.join('; ') },
  { name: 'account', valueOf: ({ target }) => target.account },
  { name: 'region', valueOf: ({ target }) => target.region },
  { name: 'resource_id', valueOf: ({ target }) => target.id },
  { name: 'resource_name', valueOf: ({ resourceName }) => resourceName },
  { name: 'resource_arn', valueOf: ({ target }) => targetArn(target) },
  { name: 'trigger', valueOf: ({ trigger }) => trigger },
  { name: 'decided_by', valueOf: ({ decidedBy }) => decidedBy },
  { name: 'started_at', valueOf: ({ startedAt }) => startedAt },
  { name: 'finished_at', valueOf: ({ finishedAt }) => finishedAt },
  { name: 'seconds', valueOf: ({ startedAt, finishedAt }) => secondsBetween(startedAt, finishedAt) },
  { name: 'revoked', valueOf: ({ removed }) => inWords(removed) },
  { name: 'authorized', valueOf: ({ added }) => inWords(added) },
  { name: 'known', valueOf: ({ known }) => known },
  { name: 'owner_must_change', valueOf: ({ ownerMustChange }) => ownerMustChange.join('\n') },
];

/** One line a closing, isolation or undo of the ledger, the latest first. */
export function renderRemediationsCsv({ remediations }: Report): Iterable<string> {
  return renderCsv(COLUMNS, remediations);
}
