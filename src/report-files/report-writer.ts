import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { ReportFormat } from '../core/reporting/report-formats';
import { failure, success } from '../core/result';
import type { ReportWriter } from '../flow/ports';
import type { Capture } from './capture';
import { writeReport } from './write-report';
import { sha256Of } from './sha256-of';

/** Writes reports into directories of their own below the system's temporary one, with a zip and the anchors. */
export function createReportWriter(formats: readonly ReportFormat[], capture: () => Capture | undefined): ReportWriter {
  return {
    async write(report) {
      const directory = mkdtempSync(join(tmpdir(), 'portcullis-report-'));
      const remove = (): void => {
        rmSync(directory, { recursive: true, force: true });
      };
      try {
        const paths = await writeReport(report, {
          directory,
          formats,
          capture: capture(),
          zip: true,
          anchors: true,
        });
        const files = paths.map((path) => ({ name: relative(directory, path), path, sha256: sha256Of(path) }));
        return success({ files, remove });
      } catch (error) {
        remove();
        const reason = error instanceof Error ? error.message : String(error);
        return failure({ code: 'invalid', retryable: false, cause: `The report could not be written: ${reason}` });
      }
    },
  };
}
