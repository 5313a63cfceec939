import { parseRemediationRecord } from '../ledger/parse-remediation-record';
import { Checks } from './check';
import { quantile } from './durations';
import { Interner } from './interner';
import { OtherControls } from './other-controls';
import { renderCount } from './render-count';
import type { NotUnderstoodCount, Report, Spread } from './report';
import { toReportRows } from './report-row';
import { parseReportedFinding, type NotUnderstood } from './reported-finding';
import { toReportedRemediation, type ReportedRemediation } from './reported-remediation';
import { severityRank } from './severity';
import { secondsToClosed, tally, tallyBy } from './tally';

export interface ReportHead {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  /** Where the findings came from, in words: a file's name, or the hub. */
  readonly source: string;
  /** What whoever reads the report must know of its input. */
  readonly remarks?: readonly string[];
}

/**
 * Makes a report of findings and records that come one at a time, and keeps of each only what the report says, so that a file of
 * any length can be read. Nothing is dropped: each is in a row, or counted as of another control or as not understood.
 */
export class ReportBuilder {
  readonly #interner = new Interner();
  readonly #checks = new Checks();
  readonly #others = new OtherControls();
  readonly #notUnderstood = new Map<string, NotUnderstoodCount>();
  readonly #remediations: ReportedRemediation[] = [];
  #findings = 0;
  #repeated = 0;
  #records = 0;
  #closings = 0;
  #undos = 0;

  get findingCount(): number {
    return this.#findings;
  }

  get recordCount(): number {
    return this.#records;
  }

  /** @param raw as Security Hub prints it (ASFF), unread */
  addFinding(raw: unknown): void {
    const parsed = parseReportedFinding(raw, ++this.#findings, this.#interner);
    if (parsed.ok) {
      if (!this.#checks.addFinding(parsed.value)) this.#repeated++;
    } else if (parsed.error.kind === 'other-control') {
      if (!this.#others.add(parsed.error)) this.#repeated++;
    } else this.#count('finding', parsed.error);
  }

  /** @param raw a record of the ledger, unread; a preview is left out, it says nothing about where a check stands */
  addRecord(raw: unknown): void {
    const position = ++this.#records;
    const parsed = parseRemediationRecord(raw);
    if (!parsed.ok) {
      const example = `no. ${String(position)} in the file`;
      this.#count('ledger record', { kind: 'unreadable', product: 'Portcullis ledger', reason: parsed.error, example });
      return;
    }
    if (parsed.value.action !== 'close' && parsed.value.action !== 'undo') return;
    if (parsed.value.action === 'close') this.#closings++;
    else this.#undos++;
    const remediation = toReportedRemediation(parsed.value);
    this.#remediations.push(remediation);
    this.#checks.addRemediation(remediation);
  }

  /** Once: the findings are no longer held then. */
  build({ generatedAt, source, remarks = [] }: ReportHead): Report {
    const rows = toReportRows(this.#checks.take());
    return {
      generatedAt,
      source,
      findingCount: this.#findings - this.#repeated,
      closingCount: this.#closings,
      undoCount: this.#undos,
      rows,
      overall: tally('all', rows),
      byControl: tallyBy(rows, (row) => row.control),
      byAccount: tallyBy(rows, (row) => row.target.account),
      byRegion: tallyBy(rows, (row) => row.target.region),
      bySeverity: tallyBy(rows, (row) => row.severity).toSorted((a, b) => severityRank(a.name) - severityRank(b.name)),
      byStandard: tallyBy(rows, (row) => row.standards),
      byRequirement: tallyBy(rows, (row) => row.requirements),
      remediations: this.#remediations.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
      secondsFromFirstSeenToClosed: spreadOf(secondsToClosed(rows)),
      secondsFromDecisionToClosed: spreadOf(rows.flatMap((row) => row.secondsFromDecisionToClosed ?? [])),
      otherControls: this.#others.counts(),
      remarks: this.#repeated === 0 ? remarks : [...remarks, repeatedRemark(this.#repeated)],
      notUnderstood: [...this.#notUnderstood.values()].sort((a, b) => b.count - a.count),
    };
  }

  #count(what: NotUnderstoodCount['what'], one: NotUnderstood): void {
    const key = JSON.stringify([what, one.kind, one.product]);
    const known = this.#notUnderstood.get(key);
    this.#notUnderstood.set(key, known ? { ...known, count: known.count + 1 } : { what, count: 1, ...one });
  }
}

function repeatedRemark(repeated: number): string {
  const times = repeated === 1 ? '1 finding is' : `${renderCount(repeated)} findings are`;
  return `${times} there more than once: of each, the latest counts.`;
}

function spreadOf(seconds: readonly number[]): Spread {
  return { median: quantile(seconds, 0.5), p90: quantile(seconds, 0.9) };
}
