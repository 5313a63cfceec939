import { createReporterAdapters } from '../aws/adapters/reporter-adapters';
import { createJsonLog } from '../aws/cloudwatch/json-log';
import { DECIDING_FILE } from '../core/configuration/bundled-files';
import type { Deciding } from '../core/configuration/to-deciding';
import { decideIfOn } from '../core/policy/decide-if-on';
import { deliverReport } from '../flow/reporting/deliver-report';
import { Capture } from '../report-files/capture';
import { createReportWriter } from '../report-files/report-writer';
import { readBundledFile } from './settings/bundled-file';
import { parseReporterSettings } from './settings/reporter-settings';

const log = createJsonLog();
const settings = parseReporterSettings(process.env);
// Written by the deployment from a configuration that was checked; the whole schema would be most of what is loaded.
const deciding = JSON.parse(readBundledFile(__dirname, DECIDING_FILE)) as Deciding;
let capture: Capture | undefined;
const adapters = createReporterAdapters(settings, decideIfOn(deciding), (findings) => capture?.add(findings));
const writer = createReportWriter(settings.formats, () => capture);

/** Started by the schedule. What it throws, Lambda tries again twice, and then lays it aside. */
export const handler = async (): Promise<{ readonly prefix: string }> => {
  capture = settings.formats.includes('json') ? new Capture() : undefined;
  try {
    const delivered = await deliverReport({ ...adapters, writer });
    if (!delivered.ok) {
      log.error('There is no report', { cause: delivered.error.cause });
      throw new Error(`There is no report: ${delivered.error.cause}`);
    }
    log.info('The report is there', { prefix: delivered.value });
    return { prefix: delivered.value };
  } finally {
    capture?.remove();
  }
};
