import { PerList } from '../json-text';
import type { Report } from '../report';
import type { ReportRow } from '../report-row';
import { inWords } from './in-words';
import { renderCsv, type CsvColumn, type CsvValue } from './csv';

/** What columns go by beside their row. */
interface Around {
  readonly report: Report;
  /** Lists that rows share. */
  readonly joined: PerList;
}

type Column = readonly [name: string, valueOf: (row: ReportRow, around: Around) => CsvValue, isRepeated?: true];

const REPEATED = true;

/**
 * Flat, one line a row of the report. Columns may be added at the end; names and meanings stay. Times are ISO 8601,
 * UTC.
 */
const COLUMNS: readonly Column[] = [
  ['control', (row) => row.control, REPEATED],
  ['control_title', (row) => row.controlTitle, REPEATED],
  ['status', (row) => row.status, REPEATED],
  ['reason', (row) => row.reason, REPEATED],
  ['severity', (row) => row.severity, REPEATED],
  ['account', (row) => row.target.account, REPEATED],
  ['region', (row) => row.target.region, REPEATED],
  ['resource_type', (row) => row.target.kind, REPEATED],
  ['resource_id', (row) => row.target.id],
  ['resource_name', (row) => row.resourceName, REPEATED],
  ['resource_arn', (row) => row.arn],
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
  ['compliance_status', (row) => row.finding?.compliance, REPEATED],
  ['workflow_status', (row) => row.finding?.workflow, REPEATED],
  ['record_state', (row) => row.finding?.recordState, REPEATED],
  ['finding_updated_at', (row) => row.finding?.updatedAt],
  ['note', (row) => row.finding?.note?.text],
  ['standards', (row, { joined }) => joined.of(row.standards), REPEATED],
  ['findings', (row) => row.findingCount],
  ['remediations', (row) => row.closingCount],
  ['finding_id', (row) => row.finding?.id],
  ['product_arn', (row) => row.finding?.productArn, REPEATED],
  ['undos', (row) => row.undoCount],
  ['requirements', (row, { joined }) => joined.of(row.requirements), REPEATED],
  ['account_name', ({ target }, { report: { accounts } }) => accounts.get(target.account)?.name, REPEATED],
  [
    'organizational_units',
    ({ target }, { report: { accounts } }) => accounts.get(target.account)?.organizationalUnits.join('; '),
    REPEATED,
  ],
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
  const around = { report, joined: new PerList((list) => list.join('; ')) };
  const columns = COLUMNS.map(([name, valueOf, isRepeated]): CsvColumn<ReportRow> => ({
    name,
    valueOf: (row) => valueOf(row, around),
    ...(isRepeated === undefined ? {} : { isRepeated }),
  }));
  return renderCsv(columns, report.rows);
}
