import { basename } from 'node:path';
import { STATUS_LABELS } from '../../core/reporting/html/status-labels';
import { renderCount } from '../../core/reporting/render-count';
import { toReport, type Report } from '../../core/reporting/report';
import { STATUSES } from '../../core/reporting/standing';
import { InputError } from '../cli-error';
import { plural } from '../plural';
import { colorsFor, printable } from '../terminal';
import type { LiveInput } from './fetch-live-input';
import { readFindings } from './read-findings';
import { readLedgerFile } from './read-ledger-file';
import { writeReport, type ReportFormat } from './write-report';

export interface RunReportOptions {
  /** A file, or `-`; undefined reads Security Hub and the ledger's table. */
  readonly findings?: string;
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
  const { findings, ledger } = options;
  const input = findings === undefined ? await readLive(options) : await readFiles(findings, ledger, options);
  const report = toReport({ generatedAt: new Date().toISOString(), ...input });
  checkUnderstood(report, input);
  const files = writeReport(report, options.out, options.format);
  process.stdout.write(options.json ? renderJson(report, input, files) : renderText(report, files));
}

interface ReportSource extends LiveInput {
  /** Whether the findings or the ledger are one page of several. */
  readonly isPart?: boolean;
  readonly remarks?: readonly string[];
}

async function readFiles(
  findingsFile: string,
  ledgerFile: string | undefined,
  { partial }: RunReportOptions,
): Promise<ReportSource> {
  const findings = await readFindings(findingsFile, partial === true);
  const ledger = ledgerFile === undefined ? undefined : await readLedgerFile(ledgerFile, partial === true);
  const remarks = [findings.remark, ledger?.remark].filter((remark) => remark !== undefined);
  return {
    source: findingsFile === '-' ? 'standard input' : basename(findingsFile),
    findings: findings.records,
    records: ledger?.records ?? [],
    isPart: remarks.some(({ isPart }) => isPart),
    remarks: remarks.map(({ text }) => `${text}.`),
  };
}

/**
 * A report of nothing would look like a clean account.
 * @throws InputError when findings or records were given, and none of them could be understood
 */
function checkUnderstood({ notUnderstood }: Report, { findings, records }: LiveInput): void {
  for (const [what, given] of [
    ['finding', findings.length],
    ['ledger record', records.length],
  ] as const) {
    const left = notUnderstood.filter((one) => one.what === what);
    if (given === 0 || left.reduce((sum, { count }) => sum + count, 0) < given) continue;
    const [first] = left;
    throw new InputError(
      `none of ${plural(given, what)} is understood, so that there is no report; the first (${first?.example ?? ''}): ${first?.reason ?? ''}`,
    );
  }
}

async function readLive({ ledger, region, prefix }: RunReportOptions): Promise<LiveInput> {
  if (ledger !== undefined) throw new InputError('--ledger goes with --findings: live, the ledger table is read');
  const { fetchLiveInput } = require('./fetch-live-input') as typeof import('./fetch-live-input');
  const onProgress = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${text} …`);
  };
  const input = await fetchLiveInput({ region, prefix, onProgress });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  return input;
}

function renderJson(report: Report, { isPart = false }: ReportSource, files: readonly string[]): string {
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
