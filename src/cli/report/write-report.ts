import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderFindingsCsv } from '../../core/reporting/csv/render-findings-csv';
import { renderReportHtml } from '../../core/reporting/html/render-report-html';
import type { Report } from '../../core/reporting/report';
import { InputError } from '../cli-error';
import { readPageAssets } from './page-assets';
import { writeWhole } from './write-whole';

export const REPORT_FORMATS = ['html', 'csv'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

const FILES: Readonly<
  Record<ReportFormat, { readonly name: string; readonly render: (report: Report) => Iterable<string> }>
> = {
  html: { name: 'report.html', render: (report) => renderReportHtml(report, readPageAssets()) },
  csv: { name: 'findings.csv', render: renderFindingsCsv },
};

/**
 * Writes one file a format and returns their paths. A file is there whole or not at all.
 * @throws InputError when the directory cannot be written.
 */
export function writeReport(report: Report, directory: string, formats: readonly ReportFormat[]): readonly string[] {
  const files = formats.map((format) => ({ file: join(directory, FILES[format].name), render: FILES[format].render }));
  attempt(directory, () => {
    makeDirectory(directory);
    for (const { file, render } of files) writeWhole(file, render(report));
  });
  return files.map(({ file }) => file);
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
