import type { Report } from './report';
import type { ReportRows } from './report-row';
import { severityRank } from './severity';
import { NO_ROWS, tallyBy } from './tally';

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
export function tallyRows(rows: ReportRows, accounts: Report['accounts']): Tallies {
  const { all, bySeverity, ...others } = tallyBy(rows, {
    all: () => 'all',
    byControl: ({ control }) => control,
    byAccount: ({ target }) => target.account,
    byOrganizationalUnit: ({ target }) => accounts.get(target.account)?.organizationalUnits ?? [],
    byRegion: ({ target }) => target.region,
    bySeverity: ({ severity }) => severity,
    byStandard: ({ standards }) => standards,
    byRequirement: ({ requirements }) => requirements,
  });
  return {
    overall: all[0] ?? NO_ROWS,
    ...others,
    bySeverity: bySeverity.toSorted((a, b) => severityRank(a.name) - severityRank(b.name)),
  };
}
