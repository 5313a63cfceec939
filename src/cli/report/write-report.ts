import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderFindingsCsv } from '../../core/reporting/csv/render-findings-csv';
import { renderRemediationsCsv } from '../../core/reporting/csv/render-remediations-csv';
import {
  renderControlsCsv,
  renderRequirementsCsv,
  renderStandardsCsv,
} from '../../core/reporting/csv/render-tally-csv';
import { renderReportHtml } from '../../core/reporting/html/render-report-html';
import { renderAnchors } from '../../core/reporting/render-anchors';
import { renderOcsf } from '../../core/reporting/ocsf/render-ocsf';
import { renderOscal } from '../../core/reporting/oscal/render-oscal';
import type { Report } from '../../core/reporting/report';
import { InputError } from '../cli-error';
import type { Capture } from './capture';
import { readPageAssets } from './page-assets';
import { uuidOf } from './uuid-of';
import { writeWhole, type WrittenFile } from './write-whole';
import { writeZip } from './write-zip';

export const REPORT_FORMATS = ['html', 'csv', 'json', 'ocsf', 'oscal'] as const;

export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a report is written as unless it is asked for otherwise. */
export const DEFAULT_FORMATS = ['html', 'csv'] as const satisfies readonly ReportFormat[];

interface ReportFile {
  readonly name: string;
  /** Undefined where there is nothing that would fill it. */
  readonly pieces: (report: Report, capture: Capture | undefined) => Iterable<string | Buffer> | undefined;
}

const FILES: Readonly<Record<ReportFormat, readonly ReportFile[]>> = {
  html: [{ name: 'report.html', pieces: (report) => renderReportHtml(report, readPageAssets()) }],
  csv: [
    { name: 'findings.csv', pieces: renderFindingsCsv },
    { name: 'controls.csv', pieces: renderControlsCsv },
    {
      name: 'standards.csv',
      pieces: (report) => (report.byStandard.length === 0 ? undefined : renderStandardsCsv(report)),
    },
    {
      name: 'requirements.csv',
      pieces: (report) => (report.byRequirement.length === 0 ? undefined : renderRequirementsCsv(report)),
    },
    {
      name: 'remediations.csv',
      pieces: (report) => (report.remediations.length === 0 ? undefined : renderRemediationsCsv(report)),
    },
  ],
  json: [
    { name: 'findings.asff.json', pieces: (_report, capture) => capture?.pieces() },
    { name: 'anchors.json', pieces: renderAnchors },
  ],
  ocsf: [{ name: 'findings.ocsf.json', pieces: renderOcsf }],
  oscal: [{ name: 'assessment-results.oscal.json', pieces: (report) => renderOscal(report, uuidOf) }],
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
}

/**
 * Writes the files of each format, then the manifest, the zip last, and returns their paths. A file is there whole or not at all.
 * @throws InputError when the directory cannot be written.
 */
export async function writeReport(report: Report, options: WriteReportOptions): Promise<readonly string[]> {
  const { directory, formats, capture, zip = false } = options;
  const files: string[] = [];
  const write = (name: string, pieces: Iterable<string | Buffer>): WrittenFile => {
    const file = join(directory, name);
    files.push(file);
    return writeWhole(file, pieces);
  };
  try {
    makeDirectory(directory);
    const written = [...new Set(formats)].flatMap((format) =>
      FILES[format].flatMap(({ name, pieces }) => {
        const content = pieces(report, capture);
        return content === undefined ? [] : [{ name, ...write(name, content) }];
      }),
    );
    const { generatedAt, source } = report;
    write(MANIFEST, [`${JSON.stringify({ generatedAt, source, files: written }, undefined, 2)}\n`]);
    if (zip) {
      await writeZip(join(directory, ZIP), files);
      files.push(join(directory, ZIP));
    }
    return files;
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

/** For those who have long work to do before they write. @throws InputError */
export function checkDirectory(directory: string): void {
  try {
    makeDirectory(directory);
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

function cannotWrite(directory: string, error: unknown): InputError {
  const reason = error instanceof Error ? error.message : String(error);
  return new InputError(`cannot write to ${directory}: ${reason}; --out names another directory`);
}

/** Step by step: Node's own recursion never ends where a parent says that it has no children, as under /proc. */
function makeDirectory(directory: string): void {
  const parent = dirname(directory);
  if (parent !== directory && !existsSync(parent)) makeDirectory(parent);
  // A file of that name is told by mkdir.
  if (!existsSync(directory) || !statSync(directory).isDirectory()) mkdirSync(directory);
}
