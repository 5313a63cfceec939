import { basename } from 'node:path';
import { toReport } from '../../core/reporting/report';
import { STATUS_LABELS } from '../../core/reporting/html/status-labels';
import { STATUSES } from '../../core/reporting/standing';
import { colorsFor } from '../terminal';
import { readFindingsFile, readLedgerFile } from './report-input-files';
import { writeReport, type ReportFormat } from './write-report';

/** @throws InputError for files that cannot be read, understood or written. */
export function runReport(options: {
  readonly findings: string;
  readonly ledger?: string;
  readonly out: string;
  readonly format: readonly ReportFormat[];
  readonly json?: true;
}): void {
  const report = toReport({
    generatedAt: new Date().toISOString(),
    source: options.findings === '-' ? 'standard input' : basename(options.findings),
    findings: readFindingsFile(options.findings),
    records: options.ledger === undefined ? [] : readLedgerFile(options.ledger),
  });
  const files = writeReport(report, options.out, options.format);
  const notUnderstood = report.notUnderstood.reduce((sum, { count }) => sum + count, 0);
  if (options.json) {
    const { byStatus, total } = report.overall;
    process.stdout.write(`${JSON.stringify({ checks: total, byStatus, notUnderstood, files })}\n`);
    return;
  }
  const { bold, dim } = colorsFor(process.stdout);
  const figures = STATUSES.filter((status) => report.overall.byStatus[status] > 0).map(
    (status) => `${bold(String(report.overall.byStatus[status]))} ${STATUS_LABELS[status].label.toLowerCase()}`,
  );
  process.stdout.write(`${plural(report.overall.total, 'check', 'checks')}: ${figures.join(', ') || 'none'}\n`);
  if (notUnderstood > 0)
    process.stdout.write(`${plural(notUnderstood, 'entry', 'entries')} not understood: the report says why\n`);
  for (const file of files) process.stdout.write(`${dim('wrote')} ${file}\n`);
}

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
