import type { Report } from './report';
import type { ReportRow } from './report-row';
import { severityRank } from './severity';
import { tally, tallyBy } from './tally';

type Tallies = Pick<
  Report,
  | 'overall'
  | 'byControl'
  | 'byAccount'
  | 'byOrganizationalUnit'
  | 'byRegion'
  | 'bySeverity'
  | 'byStandard'
  | 'byRequirement'
>;

/** Rows counted in every way in which a report divides them. */
export function tallyRows(rows: readonly ReportRow[], accounts: Report['accounts']): Tallies {
  return {
    overall: tally('all', rows),
    byControl: tallyBy(rows, (row) => row.control),
    byAccount: tallyBy(rows, (row) => row.target.account),
    byOrganizationalUnit: tallyBy(rows, ({ target }) => accounts.get(target.account)?.organizationalUnits ?? []),
    byRegion: tallyBy(rows, (row) => row.target.region),
    bySeverity: tallyBy(rows, (row) => row.severity).toSorted((a, b) => severityRank(a.name) - severityRank(b.name)),
    byStandard: tallyBy(rows, (row) => row.standards),
    byRequirement: tallyBy(rows, (row) => row.requirements),
  };
}
