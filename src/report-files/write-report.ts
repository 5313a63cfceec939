import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { renderExceptionsCsv } from '../core/reporting/csv/render-exceptions-csv';
import { renderGrantsCsv } from '../core/reporting/csv/render-grants-csv';
import { renderFindingsCsv } from '../core/reporting/csv/render-findings-csv';
import { renderRemediationsCsv } from '../core/reporting/csv/render-remediations-csv';
import { renderControlsCsv, renderRequirementsCsv, renderStandardsCsv } from '../core/reporting/csv/render-tally-csv';
import { renderReportHtml } from '../core/reporting/html/render-report-html';
import { renderAnchors } from '../core/reporting/render-anchors';
import { renderOcsf } from '../core/reporting/ocsf/render-ocsf';
import { renderOscal } from '../core/reporting/oscal/render-oscal';
import type { ReportFormat } from '../core/reporting/report-formats';
import { toReportOfAccount } from '../core/reporting/report-of-account';
import type { Report } from '../core/reporting/report';
import type { Capture } from './capture';
import { readPageAssets } from './page-assets';
import { uuidOf } from './uuid-of';
import type { WrittenFile } from './hashed-file';
import { writeWhole } from './write-whole';
import { writeZip } from './write-zip';

/** What a report is written as unless it is asked for otherwise. */
export const DEFAULT_FORMATS = ['html', 'csv'] as const satisfies readonly ReportFormat[];

interface ReportFile {
  readonly name: string;
  /** Undefined where there is nothing that would fill it. */
  readonly chunks: (report: Report) => Iterable<string> | undefined;
}

/** As captured. */
const CAPTURED = 'findings.asff.json';

const ANCHORS = 'anchors.json';

const FILES: Readonly<Record<ReportFormat, readonly ReportFile[]>> = {
  html: [{ name: 'report.html', chunks: (report) => renderReportHtml(report, readPageAssets()) }],
  csv: [
    { name: 'findings.csv', chunks: renderFindingsCsv },
    { name: 'controls.csv', chunks: renderControlsCsv },
    {
      name: 'standards.csv',
      chunks: (report) => (report.byStandard.length === 0 ? undefined : renderStandardsCsv(report)),
    },
    {
      name: 'requirements.csv',
      chunks: (report) => (report.byRequirement.length === 0 ? undefined : renderRequirementsCsv(report)),
    },
    {
      name: 'remediations.csv',
      chunks: (report) => (report.remediations.length === 0 ? undefined : renderRemediationsCsv(report)),
    },
    {
      name: 'exceptions.csv',
      chunks: (report) => (report.exceptions.length === 0 ? undefined : renderExceptionsCsv(report)),
    },
    {
      name: 'grants.csv',
      chunks: (report) => (report.grants.length === 0 ? undefined : renderGrantsCsv(report)),
    },
  ],
  json: [{ name: ANCHORS, chunks: renderAnchors }],
  ocsf: [{ name: 'findings.ocsf.json', chunks: renderOcsf }],
  oscal: [{ name: 'assessment-results.oscal.json', chunks: (report) => renderOscal(report, uuidOf) }],
};

/** What is written beside the files: of each its SHA-256. */
const MANIFEST = 'manifest.json';
const ZIP = 'report.zip';

export interface WriteReportOptions {
  readonly directory: string;
  readonly formats: readonly ReportFormat[];
  /** Where findings are written as captured. */
  readonly capture?: Capture | undefined;
  readonly zip?: boolean;
  /** Whether `anchors.json` is written whatever the formats. */
  readonly anchors?: boolean;
  /** Called with each file before it is written. */
  readonly onFile?: (name: string) => void;
  /** Whether the tables of each account are written as well, into `accounts/<account>`. */
  readonly byAccount?: boolean;
}

type NamedFile = WrittenFile & { readonly name: string };

/** Of one account each, where that is asked for. */
const ACCOUNTS = 'accounts';

/**
 * Writes the files of each format, then the manifest, the zip last, and returns their paths. A file is there whole or
 * not at all.
 *
 * @throws what the file system says
 */
export async function writeReport(report: Report, options: WriteReportOptions): Promise<readonly string[]> {
  const { directory, formats, capture, zip = false, byAccount = false, anchors = false, onFile } = options;
  const files: string[] = [];
  const write = (name: string, chunks: Iterable<string>): Promise<WrittenFile> => {
    const file = join(directory, name);
    onFile?.(name);
    files.push(name);
    return writeWhole(file, chunks);
  };
  const writeFormat = async (format: ReportFormat, of: Report, folder: string) => {
    const all: NamedFile[] = [];
    for (const { name, chunks } of FILES[format]) {
      const content = chunks(of);
      if (content !== undefined) {
        all.push({ name: `${folder}${name}`, ...(await write(`${folder}${name}`, content)) });
      }
    }
    return all;
  };
  const writeCaptured = (): readonly NamedFile[] => {
    if (capture === undefined) return [];
    files.push(CAPTURED);
    return [{ name: CAPTURED, ...capture.moveTo(join(directory, CAPTURED)) }];
  };
  const written: NamedFile[] = [];
  for (const format of new Set(formats)) {
    if (format === 'json') written.push(...writeCaptured());
    written.push(...(await writeFormat(format, report, '')));
  }
  const anchorsText = anchors && !formats.includes('json') ? renderAnchors(report) : undefined;
  if (anchorsText !== undefined) written.push({ name: ANCHORS, ...(await write(ANCHORS, anchorsText)) });
  if (byAccount) {
    for (const { name: account } of report.byAccount) {
      mkdirSync(join(directory, ACCOUNTS, account), { recursive: true });
      written.push(...(await writeFormat('csv', toReportOfAccount(report, account), `${ACCOUNTS}/${account}/`)));
    }
  }
  const { generatedAt, source } = report;
  await write(MANIFEST, [`${JSON.stringify({ generatedAt, source, files: written }, undefined, 2)}\n`]);
  if (zip) {
    onFile?.(ZIP);
    await writeZip(join(directory, ZIP), directory, files);
    files.push(ZIP);
  }
  return files.map((name) => join(directory, name));
}
