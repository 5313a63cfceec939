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
  const { bySeverity, ...others } = tallyBy(rows, {
    byControl: ({ control }) => control,
    byAccount: ({ target }) => target.account,
    byOrganizationalUnit: ({ target }) => accounts.get(target.account)?.organizationalUnits ?? [],
    byRegion: ({ target }) => target.region,
    bySeverity: ({ severity }) => severity,
    byStandard: ({ standards }) => standards,
    byRequirement: ({ requirements }) => requirements,
  });
  return {
    overall: tally('all', rows),
    ...others,
    bySeverity: bySeverity.toSorted((a, b) => severityRank(a.name) - severityRank(b.name)),
  };
}
