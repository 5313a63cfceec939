import { createReporterAdapters } from '../aws/adapters/reporter-adapters';
import { createJsonLog } from '../aws/cloudwatch/json-log';
import { deliverReport } from '../flow/reporting/deliver-report';
import { Capture } from '../report-files/capture';
import { createReportWriter } from '../report-files/report-writer';
import { parseReporterSettings } from './settings/reporter-settings';

const log = createJsonLog();
const settings = parseReporterSettings(process.env);
let capture: Capture | undefined;
const adapters = createReporterAdapters(settings, (finding) => capture?.add(finding));
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
