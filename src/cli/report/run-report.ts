import { basename } from 'node:path';
import { STATUS_LABELS } from '../../core/reporting/html/status-labels';
import { renderCount } from '../../core/reporting/render-count';
import type { DueDays } from '../../core/reporting/due';
import type { Report } from '../../core/reporting/report';
import { ReportBuilder } from '../../core/reporting/report-builder';
import { STATUSES } from '../../core/reporting/check-status';
import type { DecideMode } from '../../core/reporting/reported-finding';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import { InputError } from '../cli-error';
import type { PartRemark } from '../input/page-chain';
import { plural } from '../plural';
import { exitOnSignals, onExit } from '../signals';
import { renderByMode } from '../policy/simulation';
import { colorsFor, printable } from '../terminal';
import { Capture } from '../../report-files/capture';
import type { ReportFormat } from '../../core/reporting/report-formats';
import { writeReport } from '../../report-files/write-report';
import type { ReportTaker } from './fetch-live-input';
import { readFindingsTogether } from './read-findings';
import { refusing } from './output-directory';
import { writeAtOnce } from './write-at-once';
import { createReportProgress, type ReportProgress } from './report-progress';

export interface RunReportOptions {
  /** Files, or `-`; undefined reads Security Hub and the ledger's table. */
  readonly findings?: readonly string[];
  readonly ledger?: string;
  readonly region?: string;
  /** Of the deployment, live. */
  readonly prefix: string;
  /** Live: which of the two is read. */
  readonly securityHub: SecurityHubKind;
  readonly out: string;
  readonly format: readonly ReportFormat[];
  readonly zip?: true;
  /** Tables of each account as well. */
  readonly by?: 'account';
  /** After how many days what is open is overdue. */
  readonly due?: DueDays;
  /** portcullis.yaml, whose policy says what it would do. */
  readonly policy?: string;
  /** Whether one page of several is taken for what it is. */
  readonly partial?: true;
  readonly json?: true;
}

/**
 * @throws InputError for files that cannot be read, understood or written; CouldNotTellError when AWS cannot be read
 */
export async function runReport(options: RunReportOptions): Promise<void> {
  const progress = createReportProgress(process.stderr, options.json === true);
  const ignoreSignals = exitOnSignals(() => {
    progress.clear();
    return `no report was written, and ${options.out} is as it was; the same command begins afresh`;
  });
  const capture = options.format.includes('json') ? new Capture() : undefined;
  const forgetCapture = onExit(() => capture?.remove());
  try {
    const said = await read(options, capture, progress);
    progress.clear();
    process.stdout.write(said);
  } catch (error) {
    progress.clear();
    throw error;
  } finally {
    ignoreSignals();
    forgetCapture();
    capture?.remove();
  }
}

/** Answers what to print. */
async function read(
  options: RunReportOptions,
  capture: Capture | undefined,
  progress: ReportProgress,
): Promise<string> {
  const decide = options.policy === undefined ? undefined : decideBy(options.policy);
  const builder = new ReportBuilder(decide);
  const taker: ReportTaker = {
    addFindings: (findings, text) => {
      for (const finding of findings) builder.addFinding(finding);
      capture?.add(findings, text);
      progress.show(plural(builder.findingCount, 'finding'));
    },
    addRecord: (record) => {
      builder.addRecord(record);
    },
    addException: (exception) => {
      builder.addException(exception);
    },
  };
  const { name, isPart, remarks } =
    options.findings === undefined ? await readLive(options, taker) : await readFiles(options, taker);
  const report = builder.build({ generatedAt: new Date().toISOString(), source: name, remarks, due: options.due });
  checkUnderstood(report, builder);
  const { out: directory, format: formats, zip = false, by } = options;
  const onFile = (file: string): void => {
    progress.show(`writing ${file}`);
  };
  const writing = { formats, capture, zip, byAccount: by === 'account', onFile };
  const write = (staging: string) => writeReport(report, { ...writing, directory: staging });
  const files = await refusing(directory, () => writeAtOnce(directory, write));
  return options.json ? renderJson(report, isPart, files) : renderText(report, files);
}

function decideBy(file: string): DecideMode {
  const { readConfigurationFile } =
    require('../policy/read-configuration-file') as typeof import('../policy/read-configuration-file');
  const { decideIfOn } = require('../../core/policy/decide-if-on') as typeof import('../../core/policy/decide-if-on');
  return decideIfOn(readConfigurationFile(file, '--policy'));
}

interface ReportSource {
  readonly name: string;
  /** Whether the findings or the ledger are one page of several. */
  readonly isPart: boolean;
  readonly remarks: readonly string[];
}

async function readFiles(options: RunReportOptions, taker: ReportTaker): Promise<ReportSource> {
  const { findings: files = [], ledger: ledgerFile, partial = false } = options;
  const remarks: PartRemark[] = [];
  for (const file of files) {
    const remark = await readFindingsTogether(file, partial, taker.addFindings);
    if (remark !== undefined) remarks.push(remark);
  }
  if (ledgerFile !== undefined) {
    // Required here: it brings DynamoDB's own reading of items along, which a report without a ledger does not need.
    const { readLedgerFile } = require('./read-ledger-file') as typeof import('./read-ledger-file');
    const { records, exceptions, remark } = await readLedgerFile(ledgerFile, partial);
    for (const record of records) taker.addRecord(record);
    for (const exception of exceptions) taker.addException(exception);
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

async function readLive(
  { ledger, region, prefix, securityHub }: RunReportOptions,
  taker: ReportTaker,
): Promise<ReportSource> {
  if (ledger !== undefined) throw new InputError('--ledger goes with --findings: live, the ledger table is read');
  const { fetchLiveInput } = require('./fetch-live-input') as typeof import('./fetch-live-input');
  const name = await fetchLiveInput({ region, prefix, securityHub, taker });
  return { name, isPart: false, remarks: [] };
}

function renderJson(report: Report, isPart: boolean, files: readonly string[]): string {
  const { byStatus, total, waiting, excepted, overdue, reopened, closedByItself, score } = report.overall;
  const figures = {
    checks: total,
    byStatus,
    waiting,
    excepted,
    overdue,
    reopened,
    closedByItself,
    score,
    policy: report.policy,
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
  const { byStatus, waiting, total, overdue } = report.overall;
  const figures = STATUSES.filter((status) => byStatus[status] > 0).map((status) => {
    const waits = status === 'open' && waiting > 0 ? ` (${renderCount(waiting)} waiting for a person)` : '';
    return `${bold(renderCount(byStatus[status]))} ${STATUS_LABELS[status].label.toLowerCase()}${waits}`;
  });
  const others = sumOf(report.otherControls);
  const left = sumOf(report.notUnderstood);
  const lines = [
    `${plural(total, 'check')}: ${figures.join(', ') || 'none'}`,
    ...(overdue > 0 ? [`${plural(overdue, 'check')} overdue`] : []),
    ...(report.policy === undefined ? [] : [`if the policy were on: ${renderByMode(report.policy)}`]),
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
