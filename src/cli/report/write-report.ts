import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderFindingsCsv } from '../../core/reporting/csv/render-findings-csv';
import { renderReportHtml } from '../../core/reporting/html/render-report-html';
import type { Report } from '../../core/reporting/report';
import { InputError } from '../cli-error';

export const REPORT_FORMATS = ['html', 'csv'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

const FILES: Readonly<Record<ReportFormat, { readonly name: string; readonly render: (report: Report) => string }>> = {
  html: { name: 'report.html', render: renderReportHtml },
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
  try {
    mkdirSync(directory, { recursive: true });
    for (const [file, text] of files) {
      writeFileSync(`${file}.part`, text);
      renameSync(`${file}.part`, file);
    }
  } catch (error) {
    throw new InputError(`cannot write to ${directory}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return files.map(([file]) => file);
}
