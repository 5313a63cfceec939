import { PerList, PerText } from '../json-text';
import type { Report } from '../report';
import { isUnresolved, type ReportRow } from '../report-row';
import { renderCell } from './csv';
import { inWords } from './in-words';

/** What comes again and again, as cells. */
interface Cells {
  readonly texts: PerText;
  readonly lists: PerList;
  /** Two cells, by the account's id. */
  readonly accounts: PerText;
}

/** Columns that stand beside each other, and their cells of a row. */
interface ColumnGroup {
  readonly names: readonly string[];
  readonly render: (row: ReportRow, cells: Cells) => string;
}

const PLACE: ColumnGroup = {
  names: [
    ...['control', 'control_title', 'status', 'reason', 'severity', 'account', 'region', 'resource_type'],
    ...['resource_id', 'resource_name', 'resource_arn'],
  ],
  render(row, { texts }) {
    const { control, target, resourceName } = row;
    return (
      `${control},${texts.of(row.controlTitle)},${row.status},${texts.of(row.reason)},${texts.of(row.severity)}` +
      `,${texts.of(target.account)},${texts.of(target.region)},${target.kind},${renderCell(target.id)}` +
      `,${resourceName === undefined ? '' : texts.of(resourceName)},${renderCell(row.arn)}`
    );
  },
};

const TIMES: ColumnGroup = {
  names: ['first_seen_at', 'open_since', 'closed_at', 'seconds_first_seen_to_closed', 'seconds_decision_to_closed'],
  render(row) {
    const firstSeen = renderCell(row.firstSeenAt);
    const again = row.reopenedAt;
    const openSince = isUnresolved(row) ? (again === undefined ? firstSeen : renderCell(again)) : '';
    if (row.status !== 'closed') return `${firstSeen},${openSince},,,`;
    const { secondsFromFirstSeenToClosed, secondsFromDecisionToClosed } = row;
    return (
      `${firstSeen},${openSince},${renderCell(row.closedAt)}` +
      `,${renderCell(secondsFromFirstSeenToClosed)},${renderCell(secondsFromDecisionToClosed)}`
    );
  },
};

const REMEDIATION: ColumnGroup = {
  names: ['trigger', 'decided_by', 'remediation_id', 'remediation_outcome', 'revoked', 'authorized_instead'],
  render({ remediation }) {
    if (remediation === undefined) return ',,,,,';
    const { trigger, decidedBy, remediationId, outcome, removed, added } = remediation;
    return [trigger, decidedBy, remediationId, outcome, inWords(removed), inWords(added)].map(renderCell).join();
  },
};

const FINDING: ColumnGroup = {
  names: ['compliance_status', 'workflow_status', 'record_state', 'finding_updated_at', 'note'],
  render({ finding }) {
    if (finding === undefined) return ',,,,';
    const { compliance = '', workflow, recordState, updatedAt, note } = finding;
    return `${compliance},${workflow},${recordState},${renderCell(updatedAt)},${renderCell(note?.text)}`;
  },
};

const BEHIND_IT: ColumnGroup = {
  names: ['standards', 'findings', 'remediations', 'finding_id', 'product_arn', 'undos', 'requirements'],
  render(row, { texts, lists }) {
    const { finding } = row;
    const ids = finding === undefined ? ',' : `${renderCell(finding.id)},${texts.of(finding.productArn)}`;
    return (
      `${lists.of(row.standards)},${String(row.findingCount)},${String(row.closingCount)},${ids}` +
      `,${String(row.undoCount)},${lists.of(row.requirements)}`
    );
  },
};

const ACCOUNT: ColumnGroup = {
  names: ['account_name', 'organizational_units'],
  render: ({ target }, { accounts }) => accounts.of(target.account),
};

const STANDING: ColumnGroup = {
  names: ['closed_by', 'reopened_at', 'waiting', 'answer_by', 'due_at', 'overdue'],
  render(row) {
    const { remediation, reopenedAt, isWaiting, dueAt } = row;
    const overdue = dueAt !== undefined && row.isOverdue ? 'yes' : '';
    return (
      `${closedBy(row)},${renderCell(reopenedAt)},${isWaiting === true ? 'yes' : ''}` +
      `,${renderCell(remediation?.answerBy)},${renderCell(dueAt)},${overdue}`
    );
  },
};

const EXCEPTION: ColumnGroup = {
  names: ['exception_id', 'exception_until', 'exception_reason', 'policy'],
  render({ exception, policy = '' }) {
    if (exception === undefined) return `,,,${policy}`;
    const { exceptionId, until, reason } = exception;
    return `${renderCell(exceptionId)},${renderCell(until)},${renderCell(reason)},${policy}`;
  },
};

/**
 * Flat, one line a row of the report. Columns may be added at the end; names and meanings stay. Times are ISO 8601,
 * UTC.
 */
const GROUPS = [PLACE, TIMES, REMEDIATION, FINDING, BEHIND_IT, ACCOUNT, STANDING, EXCEPTION] as const;

/** `itself`: nobody chose it. `others`: it was closed already when it was read. */
function closedBy({ status, remediation }: ReportRow): string {
  if (status !== 'closed' || remediation === undefined) return '';
  if (remediation.outcome === 'already-closed') return 'others';
  if (remediation.isByItself === undefined) return '';
  return remediation.isByItself ? 'itself' : 'person';
}

/**
 * `findings.csv`, in chunks: a row a check of a resource. A template a group of columns: to ask a function for
 * each of 46 cells takes twice as long, and there are hundreds of thousands of rows.
 */
export function* renderFindingsCsv({ rows, accounts }: Report): Generator<string> {
  const cells: Cells = {
    texts: new PerText(renderCell),
    lists: new PerList((list) => renderCell(list.join('; '))),
    accounts: new PerText((id) => {
      const facts = accounts.get(id);
      return `${renderCell(facts?.name)},${renderCell(facts?.organizationalUnits.join('; '))}`;
    }),
  };
  yield `${GROUPS.flatMap(({ names }) => names).join()}\r\n`;
  for (const row of rows) {
    yield (
      `${PLACE.render(row, cells)},${TIMES.render(row, cells)},${REMEDIATION.render(row, cells)}` +
      `,${FINDING.render(row, cells)},${BEHIND_IT.render(row, cells)},${ACCOUNT.render(row, cells)}` +
      `,${STANDING.render(row, cells)},${EXCEPTION.render(row, cells)}\r\n`
    );
  }
}
