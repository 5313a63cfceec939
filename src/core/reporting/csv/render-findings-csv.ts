import { targetArn } from '../../target';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';
import { inWords } from './in-words';
import { renderCsv, type CsvColumn, type CsvValue } from './csv';

type Column = readonly [name: string, valueOf: (row: ReportRow, report: Report) => CsvValue];

/**
 * Flat, one line a row of the report. Columns may be added at the end; names and meanings stay. Times are ISO 8601,
 * UTC.
 */
const COLUMNS: readonly Column[] = [
  ['control', (row) => row.control],
  ['control_title', (row) => row.controlTitle],
  ['status', (row) => row.status],
  ['reason', (row) => row.reason],
  ['severity', (row) => row.severity],
  ['account', (row) => row.target.account],
  ['region', (row) => row.target.region],
  ['resource_type', (row) => row.target.kind],
  ['resource_id', (row) => row.target.id],
  ['resource_name', (row) => row.resourceName],
  ['resource_arn', (row) => targetArn(row.target)],
  ['first_seen_at', (row) => row.firstSeenAt],
  ['open_since', (row) => row.openSince],
  ['closed_at', (row) => row.closedAt],
  ['seconds_first_seen_to_closed', (row) => row.secondsFromFirstSeenToClosed],
  ['seconds_decision_to_closed', (row) => row.secondsFromDecisionToClosed],
  ['trigger', (row) => row.remediation?.trigger],
  ['decided_by', (row) => row.remediation?.decidedBy],
  ['remediation_id', (row) => row.remediation?.remediationId],
  ['remediation_outcome', (row) => row.remediation?.outcome],
  ['revoked', (row) => row.remediation && inWords(row.remediation.removed)],
  ['authorized_instead', (row) => row.remediation && inWords(row.remediation.added)],
  ['compliance_status', (row) => row.finding?.compliance],
  ['workflow_status', (row) => row.finding?.workflow],
  ['record_state', (row) => row.finding?.recordState],
  ['finding_updated_at', (row) => row.finding?.updatedAt],
  ['note', (row) => row.finding?.note?.text],
  ['standards', (row) => row.standards.join('; ')],
  ['findings', (row) => row.findingCount],
  ['remediations', (row) => row.closingCount],
  ['finding_id', (row) => row.finding?.id],
  ['product_arn', (row) => row.finding?.productArn],
  ['undos', (row) => row.undoCount],
  ['requirements', (row) => row.requirements.join('; ')],
  ['account_name', ({ target }, { accounts }) => accounts.get(target.account)?.name],
  ['organizational_units', ({ target }, { accounts }) => accounts.get(target.account)?.organizationalUnits.join('; ')],
  ['closed_by', closedBy],
  ['reopened_at', (row) => row.reopenedAt],
  ['waiting', (row) => (row.isWaiting === true ? 'yes' : undefined)],
  ['answer_by', (row) => row.remediation?.answerBy],
  ['due_at', (row) => row.dueAt],
  ['overdue', (row) => (row.isOverdue ? 'yes' : undefined)],
  ['exception_id', (row) => row.exception?.exceptionId],
  ['exception_until', (row) => row.exception?.until],
  ['exception_reason', (row) => row.exception?.reason],
  ['policy', (row) => row.policy],
];

/** `itself`: nobody chose it. `others`: it was closed already when it was read. */
function closedBy({ status, remediation }: ReportRow): CsvValue {
  if (status !== 'closed' || remediation === undefined) return undefined;
  if (remediation.outcome === 'already-closed') return 'others';
  if (remediation.isByItself === undefined) return undefined;
  return remediation.isByItself ? 'itself' : 'person';
}

/** `findings.csv`, piece by piece: a row a check of a resource. */
export function renderFindingsCsv(report: Report): Iterable<string> {
  const columns = COLUMNS.map(([name, valueOf]): CsvColumn<ReportRow> => ({
    name,
    valueOf: (row) => valueOf(row, report),
  }));
  return renderCsv(columns, report.rows);
}
