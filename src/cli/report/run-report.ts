import { basename } from 'node:path';
import { STATUS_LABELS } from '../../core/reporting/html/status-labels';
import { renderCount } from '../../core/reporting/render-count';
import type { Report } from '../../core/reporting/report';
import { ReportBuilder } from '../../core/reporting/report-builder';
import { STATUSES } from '../../core/reporting/standing';
import { InputError } from '../cli-error';
import type { PartRemark } from '../input/page-chain';
import { plural } from '../plural';
import { colorsFor, printable } from '../terminal';
import { readFindings } from './read-findings';
import { readLedgerFile } from './read-ledger-file';
import { writeReport, type ReportFormat } from './write-report';

export interface RunReportOptions {
  /** Files, or `-`; undefined reads Security Hub and the ledger's table. */
  readonly findings?: readonly string[];
  readonly ledger?: string;
  readonly region?: string;
  /** Of the deployment, live. */
  readonly prefix: string;
  readonly out: string;
  readonly format: readonly ReportFormat[];
  /** Whether one page of several is taken for what it is. */
  readonly partial?: true;
  readonly json?: true;
}

/**
 * @throws InputError for files that cannot be read, understood or written; CouldNotTellError when AWS cannot be read
 */
export async function runReport(options: RunReportOptions): Promise<void> {
  const builder = new ReportBuilder();
  const source = options.findings === undefined ? await readLive(options, builder) : await readFiles(options, builder);
  const { name, isPart, remarks } = source;
  const report = builder.build({ generatedAt: new Date().toISOString(), source: name, remarks });
  checkUnderstood(report, builder);
  const files = writeReport(report, options.out, options.format);
  process.stdout.write(options.json ? renderJson(report, isPart, files) : renderText(report, files));
}

interface ReportSource {
  readonly name: string;
  /** Whether the findings or the ledger are one page of several. */
  readonly isPart: boolean;
  readonly remarks: readonly string[];
}

async function readFiles(options: RunReportOptions, builder: ReportBuilder): Promise<ReportSource> {
  const { findings: files = [], ledger: ledgerFile, partial = false } = options;
  const remarks: PartRemark[] = [];
  for (const file of files) {
    const remark = await readFindings(file, partial, (finding) => {
      builder.addFinding(finding);
    });
    if (remark !== undefined) remarks.push(remark);
  }
  if (ledgerFile !== undefined) {
    const { records, remark } = await readLedgerFile(ledgerFile, partial);
    for (const record of records) builder.addRecord(record);
    if (remark !== undefined) remarks.push(remark);
  }
  return {
    name: files.map((file) => (file === '-' ? 'standard input' : basename(file))).join(', '),
    isPart: remarks.some(({ isPart }) => isPart),
    remarks: remarks.map(({ text }) => `${text}.`),
  };
}

/**
 * A report of nothing would look like a clean account.
 * @throws InputError when findings or records were given, and none of them could be understood
 */
function checkUnderstood({ notUnderstood }: Report, { findingCount, recordCount }: ReportBuilder): void {
  for (const [what, given] of [
    ['finding', findingCount],
    ['ledger record', recordCount],
  ] as const) {
    const left = notUnderstood.filter((one) => one.what === what);
    if (given === 0 || left.reduce((sum, { count }) => sum + count, 0) < given) continue;
    const [first] = left;
    throw new InputError(
      `none of ${plural(given, what)} is understood, so that there is no report; the first (${first?.example ?? ''}): ${first?.reason ?? ''}`,
    );
  }
}

async function readLive({ ledger, region, prefix }: RunReportOptions, builder: ReportBuilder): Promise<ReportSource> {
  if (ledger !== undefined) throw new InputError('--ledger goes with --findings: live, the ledger table is read');
  const { fetchLiveInput } = require('./fetch-live-input') as typeof import('./fetch-live-input');
  const onProgress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text} …`);
  };
  const name = await fetchLiveInput({ region, prefix, taker: builder, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return { name, isPart: false, remarks: [] };
}

function renderJson(report: Report, isPart: boolean, files: readonly string[]): string {
  const { byStatus, total, waiting } = report.overall;
  const figures = {
    checks: total,
    byStatus,
    waiting,
    otherControls: sumOf(report.otherControls),
    notUnderstood: sumOf(report.notUnderstood),
    partial: isPart,
    remarks: report.remarks,
    files,
  };
  return `${JSON.stringify(figures)}\n`;
}

function renderText(report: Report, files: readonly string[]): string {
  const { bold, dim, yellow } = colorsFor(process.stdout);
  const { byStatus, waiting, total } = report.overall;
  const figures = STATUSES.filter((status) => byStatus[status] > 0).map((status) => {
    const waits = status === 'open' && waiting > 0 ? ` (${renderCount(waiting)} waiting for a person)` : '';
    return `${bold(renderCount(byStatus[status]))} ${STATUS_LABELS[status].label.toLowerCase()}${waits}`;
  });
  const others = sumOf(report.otherControls);
  const left = sumOf(report.notUnderstood);
  const lines = [
    `${plural(total, 'check')}: ${figures.join(', ') || 'none'}`,
    ...(others > 0 ? [`${plural(others, 'finding')} of other controls, which Portcullis does not close`] : []),
    ...(left > 0 ? [`${plural(left, 'entry', 'entries')} not understood: the report says why`] : []),
    ...report.remarks.map((remark) => `${yellow('remark:')} ${printable(remark)}`),
    ...files.map((file) => `${dim('wrote')} ${printable(file)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function sumOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0);
}
