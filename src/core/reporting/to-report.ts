import type { Report } from './report';
import { ReportBuilder, type ReportHead } from './report-builder';

export interface ReportInput extends ReportHead {
  /** Findings as Security Hub prints them (ASFF), unread. */
  readonly findings: readonly unknown[];
  /** Ledger records, unread. */
  readonly records: readonly unknown[];
}

/** The report of what is in memory already; of files, see ReportBuilder. */
export function toReport({ findings, records, ...head }: ReportInput): Report {
  const builder = new ReportBuilder();
  for (const finding of findings) builder.addFinding(finding);
  for (const record of records) builder.addRecord(record);
  return builder.build(head);
}
