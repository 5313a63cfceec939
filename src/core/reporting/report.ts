import { parseRemediationRecord } from '../ledger/parse-remediation-record';
import type { RemediationRecord } from '../ledger/remediation-record';
import { toChecks } from './check';
import { quantile } from './durations';
import { toReportRows, type ReportRow } from './report-row';
import { parseReportedFinding, type NotUnderstood, type ReportedFinding } from './reported-finding';
import { severityRank } from './severity';
import { secondsToClosed, tally, tallyBy, type Tally } from './tally';

/** Everything a report says, whatever format it is rendered in. */
export interface Report {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  /** Where the findings came from, in words: a file's name, or the hub. */
  readonly source: string;
  readonly findingCount: number;
  /** Of the ledger; previews are left out: they are no remediations. */
  readonly closingCount: number;
  readonly undoCount: number;
  readonly rows: readonly ReportRow[];
  readonly overall: Tally;
  readonly byControl: readonly Tally[];
  readonly byAccount: readonly Tally[];
  readonly byRegion: readonly Tally[];
  readonly bySeverity: readonly Tally[];
  readonly secondsFromFirstSeenToClosed: Spread;
  readonly secondsFromDecisionToClosed: Spread;
  readonly notUnderstood: readonly NotUnderstoodCount[];
}

export interface Spread {
  readonly median: number | undefined;
  readonly p90: number | undefined;
}

export interface NotUnderstoodCount {
  readonly what: 'finding' | 'ledger record';
  readonly kind: NotUnderstood['kind'];
  readonly product: string;
  readonly count: number;
  /** Of the first one. */
  readonly reason: string;
  readonly example: string;
}

export interface ReportInput {
  readonly generatedAt: string;
  readonly source: string;
  /** Findings as Security Hub prints them (ASFF), unread. */
  readonly findings: readonly unknown[];
  /** Ledger records, unread. */
  readonly records: readonly unknown[];
}

/** Nothing is dropped: each finding and record is in a row or counted as not understood. */
export function toReport({ generatedAt, source, findings: rawFindings, records: rawRecords }: ReportInput): Report {
  const findings: ReportedFinding[] = [];
  const records: RemediationRecord[] = [];
  const notUnderstood = new Map<string, NotUnderstoodCount>();

  rawFindings.forEach((raw, index) => {
    const parsed = parseReportedFinding(raw, index + 1);
    if (parsed.ok) findings.push(parsed.value);
    else count(notUnderstood, 'finding', parsed.error);
  });
  rawRecords.forEach((raw, index) => {
    const parsed = parseRemediationRecord(raw);
    if (parsed.ok) records.push(parsed.value);
    else count(notUnderstood, 'ledger record', unreadableRecord(parsed.error, index + 1));
  });

  const closings = records.filter(({ action }) => action === 'close');
  const undos = records.filter(({ action }) => action === 'undo');
  const rows = toReportRows(toChecks(findings, [...closings, ...undos]));
  return {
    generatedAt,
    source,
    findingCount: rawFindings.length,
    closingCount: closings.length,
    undoCount: undos.length,
    rows,
    overall: tally('all', rows),
    byControl: tallyBy(rows, (row) => row.control),
    byAccount: tallyBy(rows, (row) => row.target.account),
    byRegion: tallyBy(rows, (row) => row.target.region),
    bySeverity: tallyBy(rows, (row) => row.severity).toSorted((a, b) => severityRank(a.name) - severityRank(b.name)),
    secondsFromFirstSeenToClosed: spreadOf(secondsToClosed(rows)),
    secondsFromDecisionToClosed: spreadOf(rows.flatMap((row) => row.secondsFromDecisionToClosed ?? [])),
    notUnderstood: [...notUnderstood.values()].sort((a, b) => b.count - a.count),
  };
}

function count(counts: Map<string, NotUnderstoodCount>, what: NotUnderstoodCount['what'], one: NotUnderstood): void {
  const key = JSON.stringify([what, one.kind, one.product]);
  const known = counts.get(key);
  counts.set(key, known ? { ...known, count: known.count + 1 } : { what, count: 1, ...one });
}

function unreadableRecord(reason: string, position: number): NotUnderstood {
  return { kind: 'unreadable', product: 'Portcullis ledger', reason, example: `no. ${position} in the file` };
}

function spreadOf(seconds: readonly number[]): Spread {
  return { median: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) };
}
