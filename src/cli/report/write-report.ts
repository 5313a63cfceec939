import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderFindingsCsv } from '../../core/reporting/csv/render-findings-csv';
import { renderReportHtml } from '../../core/reporting/html/render-report-html';
import type { Report } from '../../core/reporting/report';
import { InputError } from '../cli-error';
import { readPageAssets } from './page-assets';

export const REPORT_FORMATS = ['html', 'csv'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

const FILES: Readonly<Record<ReportFormat, { readonly name: string; readonly render: (report: Report) => string }>> = {
  html: { name: 'report.html', render: (report) => renderReportHtml(report, readPageAssets()) },
  csv: { name: 'findings.csv', render: renderFindingsCsv },
};

/**
 * Writes one file a format and returns their paths. A file is there whole or not at all.
 * @throws InputError when the directory cannot be written.
 */
export function writeReport(report: Report, directory: string, formats: readonly ReportFormat[]): readonly string[] {
  const files = formats
    .map((format) => FILES[format])
    .map(({ name, render }) => [join(directory, name), render(report)] as const);
  attempt(directory, () => {
    makeDirectory(directory);
    for (const [file, text] of files) writeWhole(file, text);
  });
  return files.map(([file]) => file);
}

/** For those who have long work to do before they write. @throws InputError */
export function checkDirectory(directory: string): void {
  attempt(directory, () => {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK);
  });
}

function attempt(directory: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`cannot write to ${directory}: ${reason}; --out names another directory`);
  }
}

/** Step by step: Node's own recursion never ends where a parent says that it has no children, as under /proc. */
function makeDirectory(directory: string): void {
  const parent = dirname(directory);
  if (parent !== directory && !existsSync(parent)) makeDirectory(parent);
  // A file of that name is told by mkdir.
  if (!existsSync(directory) || !statSync(directory).isDirectory()) mkdirSync(directory);
}

function writeWhole(file: string, text: string): void {
  const part = `${file}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, file);
  } catch (error) {
    removeQuietly(part);
    throw error;
  }
}

/** Why it could not be written says more than why it cannot be removed. */
function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It was never there.
  }
}
