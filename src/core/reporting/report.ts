import { parseRemediationRecord } from '../ledger/parse-remediation-record';
import type { RemediationRecord } from '../ledger/remediation-record';
import { targetKey } from '../target';
import { toChecks } from './check';
import { quantile } from './durations';
import { toReportRows, type ReportRow } from './report-row';
import { renderCount } from './render-count';
import { parseReportedFinding, type NotUnderstood, type OtherFinding, type ReportedFinding } from './reported-finding';
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
  /** Findings of controls that Portcullis does not close: in no row, the most frequent first. */
  readonly otherControls: readonly OtherControlCount[];
  readonly notUnderstood: readonly NotUnderstoodCount[];
  /** What whoever reads the report must know of its input: that it is a part, for example. */
  readonly remarks: readonly string[];
}

export interface OtherControlCount {
  /** `S3.8`; the product's name where findings name no control. */
  readonly name: string;
  readonly product: string;
  readonly count: number;
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
  readonly remarks?: readonly string[];
}

/**
 * Nothing is dropped: each finding and record is in a row, or counted as of another control or as not understood. Of a
 * finding that is there several times, as events and overlapping exports have it, the latest counts.
 */
export function toReport(input: ReportInput): Report {
  const { generatedAt, source, findings: rawFindings, records: rawRecords, remarks = [] } = input;
  const findings = new Map<string, ReportedFinding>();
  const others = new Map<string, OtherFinding>();
  const records: RemediationRecord[] = [];
  const notUnderstood = new Map<string, NotUnderstoodCount>();
  let repeated = 0;

  rawFindings.forEach((raw, index) => {
    const parsed = parseReportedFinding(raw, index + 1);
    if (parsed.ok) {
      const { productArn, id, control, target, updatedAt } = parsed.value;
      const key = [productArn, id, control, targetKey(target)].join(' ');
      const known = findings.get(key);
      if (known) repeated++;
      if (known === undefined || timeOf(updatedAt) >= timeOf(known.updatedAt)) findings.set(key, parsed.value);
    } else if (parsed.error.kind === 'other-control') {
      if (others.has(parsed.error.id)) repeated++;
      others.set(parsed.error.id, parsed.error);
    } else count(notUnderstood, 'finding', parsed.error);
  });
  rawRecords.forEach((raw, index) => {
    const parsed = parseRemediationRecord(raw);
    if (parsed.ok) records.push(parsed.value);
    else count(notUnderstood, 'ledger record', unreadableRecord(parsed.error, index + 1));
  });

  const closings = records.filter(({ action }) => action === 'close');
  const undos = records.filter(({ action }) => action === 'undo');
  const rows = toReportRows(toChecks([...findings.values()], [...closings, ...undos]));
  return {
    generatedAt,
    source,
    findingCount: rawFindings.length - repeated,
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
    otherControls: countOthers([...others.values()]),
    remarks: repeated === 0 ? remarks : [...remarks, repeatedRemark(repeated)],
    notUnderstood: [...notUnderstood.values()].sort((a, b) => b.count - a.count),
  };
}

function countOthers(others: readonly OtherFinding[]): readonly OtherControlCount[] {
  const counts = new Map<string, OtherControlCount>();
  for (const { name, product } of others) {
    const key = JSON.stringify([name, product]);
    counts.set(key, { name, product, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || a.name.localeCompare(b.name, 'en', { numeric: true }),
  );
}

function repeatedRemark(repeated: number): string {
  const times = repeated === 1 ? '1 finding is' : `${renderCount(repeated)} findings are`;
  return `${times} there more than once: of each, the latest counts.`;
}

function timeOf(time: string | undefined): number {
  const millis = Date.parse(time ?? '');
  return Number.isNaN(millis) ? 0 : millis;
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
