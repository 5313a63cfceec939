import type { Report } from './report';
import { ReportBuilder, type ReportHead } from './report-builder';
import type { DecideMode } from './reported-finding';

export interface ReportInput extends ReportHead {
  /** Findings as Security Hub prints them (ASFF), unread. */
  readonly findings: readonly unknown[];
  /** Ledger records, unread. */
  readonly records: readonly unknown[];
  /** Exceptions of the ledger, unread. */
  readonly exceptions?: readonly unknown[];
  readonly decide?: DecideMode;
}

/** The report of what is in memory already; of files, see ReportBuilder. */
export function toReport({ findings, records, exceptions = [], decide, ...head }: ReportInput): Report {
  const builder = new ReportBuilder(decide);
  for (const finding of findings) builder.addFinding(finding);
  for (const record of records) builder.addRecord(record);
  for (const exception of exceptions) builder.addException(exception);
  return builder.build(head);
}
