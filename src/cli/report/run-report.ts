import { basename } from 'node:path';
import { STATUS_LABELS } from '../../core/reporting/html/status-labels';
import { toReport, type Report } from '../../core/reporting/report';
import { STATUSES } from '../../core/reporting/standing';
import { InputError } from '../cli-error';
import { plural } from '../plural';
import { colorsFor } from '../terminal';
import type { LiveInput } from './fetch-live-input';
import { readFindingsFile, readLedgerFile } from './report-input-files';
import { writeReport, type ReportFormat } from './write-report';

export interface RunReportOptions {
  /** A file, or `-`; undefined reads Security Hub and the ledger's table. */
  readonly findings?: string;
  readonly ledger?: string;
  readonly region?: string;
  readonly ledgerTable: string;
  readonly out: string;
  readonly format: readonly ReportFormat[];
  readonly json?: true;
}

/**
 * @throws InputError for files that cannot be read, understood or written; CouldNotTellError when AWS cannot be read
 */
export async function runReport(options: RunReportOptions): Promise<void> {
  const input = options.findings === undefined ? await readLive(options) : readFiles(options.findings, options.ledger);
  const report = toReport({ generatedAt: new Date().toISOString(), ...input });
  const files = writeReport(report, options.out, options.format);
  process.stdout.write(options.json ? renderJson(report, files) : renderText(report, files));
}

function readFiles(findingsFile: string, ledgerFile: string | undefined): LiveInput {
  return {
    source: findingsFile === '-' ? 'standard input' : basename(findingsFile),
    findings: readFindingsFile(findingsFile),
    records: ledgerFile === undefined ? [] : readLedgerFile(ledgerFile),
  };
}

async function readLive({ ledger, region, ledgerTable }: RunReportOptions): Promise<LiveInput> {
  if (ledger !== undefined) throw new InputError('--ledger goes with --findings: live, the ledger table is read');
  const { fetchLiveInput } = require('./fetch-live-input') as typeof import('./fetch-live-input');
  const onProgress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text} …`);
  };
  const input = await fetchLiveInput({ region, ledgerTable, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return input;
}

function renderJson(report: Report, files: readonly string[]): string {
  const { byStatus, total } = report.overall;
  return `${JSON.stringify({ checks: total, byStatus, notUnderstood: notUnderstood(report), files })}\n`;
}

function renderText(report: Report, files: readonly string[]): string {
  const { bold, dim } = colorsFor(process.stdout);
  const figures = STATUSES.filter((status) => report.overall.byStatus[status] > 0).map(
    (status) => `${bold(String(report.overall.byStatus[status]))} ${STATUS_LABELS[status].label.toLowerCase()}`,
  );
  const left = notUnderstood(report);
  const lines = [
    `${plural(report.overall.total, 'check')}: ${figures.join(', ') || 'none'}`,
    ...(left > 0 ? [`${plural(left, 'entry', 'entries')} not understood: the report says why`] : []),
    ...files.map((file) => `${dim('wrote')} ${file}`),
  ];
  return `${lines.join('\n')}\n`;
}

function notUnderstood(report: Report): number {
  return report.notUnderstood.reduce((sum, { count }) => sum + count, 0);
}
