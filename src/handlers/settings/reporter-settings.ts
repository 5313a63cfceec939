import type { ReporterResources } from '../../aws/adapters/reporter-adapters';
import { REPORT_FORMATS, type ReportFormat } from '../../core/reporting/report-formats';
import * as z from '../../core/zod-mini';
import { json, parseSettings, text, type Environment } from './parse-settings';
import { list, securityHub } from './setting-schemas';

export interface ReporterSettings extends ReporterResources {
  readonly formats: readonly ReportFormat[];
}

const days = z.exactOptional(z.int().check(z.minimum(1)));

const schema = z.object({
  PORTCULLIS_LEDGER_TABLE: text,
  PORTCULLIS_BUS_NAME: text,
  PORTCULLIS_REPORT_BUCKET: text,
  /** Comma-separated. */
  PORTCULLIS_REPORT_FORMATS: z.pipe(list, z.array(z.enum(REPORT_FORMATS))),
  PORTCULLIS_SECURITY_HUB: securityHub,
  PORTCULLIS_REPORT_DUE: z.pipe(json, z.strictObject({ CRITICAL: days, HIGH: days, MEDIUM: days, LOW: days })),
});

/** @throws Error that lists everything that is wrong: the function must not start half configured. */
export function parseReporterSettings(environment: Environment): ReporterSettings {
  const data = parseSettings(schema, environment);
  return {
    ledgerTable: data.PORTCULLIS_LEDGER_TABLE,
    busName: data.PORTCULLIS_BUS_NAME,
    bucket: data.PORTCULLIS_REPORT_BUCKET,
    formats: data.PORTCULLIS_REPORT_FORMATS,
    due: data.PORTCULLIS_REPORT_DUE,
    securityHub: data.PORTCULLIS_SECURITY_HUB,
  };
}
