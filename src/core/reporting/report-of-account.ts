import type { Report } from './report';
import { tallyRows } from './tally-rows';

/** What a report says of one account. */
export function toReportOfAccount(report: Report, account: string): Report {
  const rows = report.rows.filter(({ target }) => target.account === account);
  return {
    ...report,
    rows,
    ...tallyRows(rows, report.accounts),
    remediations: report.remediations.filter(({ target }) => target.account === account),
    exceptions: report.exceptions.filter(({ target }) => target.account === account),
    grants: report.grants.filter(({ target }) => target.account === account),
  };
}
