import { parseRemediationRecord } from '../ledger/parse-remediation-record';
import type { AccountFacts } from '../context/context';
import type { RemediationRecord } from '../ledger/remediation-record';
import type { PolicyMode } from '../policy/policy-entry';
import { memberOf, textOf } from '../read-member';
import { isIsolable } from '../target';
import { Checks } from './checks';
import { UtcTimes } from './columns/utc-times';
import { DEFAULT_DUE_DAYS, type DueDays } from './due';
import { OtherControls } from './other-controls';
import { renderCount } from './render-count';
import type { NotUnderstoodCount, Report } from './report';
import { toReportRows } from './check-rows';
import type { ReportRows } from './report-row';
import { Exceptions, liveByCheck, parseReportedException } from './reported-exception';
import { Grants } from './reported-grant';
import { parseReportedFinding, type DecideMode, type NotUnderstood } from './reported-finding';
import { toReportedRemediation, type ReportedRemediation } from './reported-remediation';
import { tallyRows } from './tally-rows';
import { toTrend } from './trend';

export interface ReportHead {
  /** ISO 8601, UTC. */
  readonly generatedAt: string;
  /** Where the findings came from, in words: a file's name, or the hub. */
  readonly source: string;
  /** What whoever reads the report must know of its input. */
  readonly remarks?: readonly string[];
  /** DEFAULT_DUE_DAYS unless given. */
  readonly due?: DueDays | undefined;
}

/**
 * Makes a report of findings and records that come one at a time, and keeps of each only what the report says, so that
 * a file of any length can be read. Nothing is dropped: each is in a row, or counted as of another control or as not
 * understood.
 */
export class ReportBuilder {
  readonly #checks = new Checks();
  readonly #others = new OtherControls();
  readonly #notUnderstood = new Map<string, NotUnderstoodCount>();
  readonly #remediations: ReportedRemediation[] = [];
  readonly #exceptions = new Exceptions();
  readonly #grants = new Grants();
  readonly #accounts = new Map<string, { readonly at: string; readonly facts: AccountFacts }>();
  readonly #decide: DecideMode | undefined;
  #findings = 0;
  #repeated = 0;
  #records = 0;
  #closings = 0;
  #undos = 0;

  /** @param decide what a policy would do about a finding, where that is to be reported */
  constructor(decide?: DecideMode) {
    this.#decide = decide;
  }

  get findingCount(): number {
    return this.#findings;
  }

  get recordCount(): number {
    return this.#records;
  }

  /** @param raw as Security Hub prints it (ASFF), unread */
  addFinding(raw: unknown): void {
    const parsed = parseReportedFinding(raw, ++this.#findings, this.#decide);
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
    this.#exceptions.addThoseOf(parsed.value);
    this.#grants.addThoseOf(parsed.value);
    this.#addAccount(parsed.value);
    if (isIsolable(parsed.value.target)) {
      // It cures nothing: no check is closed or open by it.
      if (parsed.value.isolation !== undefined) this.#remediations.push(toReportedRemediation(parsed.value));
      return;
    }
    if (parsed.value.action !== 'close' && parsed.value.action !== 'undo') return;
    if (parsed.value.action === 'close') this.#closings++;
    else this.#undos++;
    const remediation = toReportedRemediation(parsed.value);
    this.#remediations.push(remediation);
    this.#checks.addRemediation(remediation);
  }

  /** @param raw an exception of the ledger, unread */
  addException(raw: unknown): void {
    const parsed = parseReportedException(raw);
    if (parsed.ok) this.#exceptions.add(parsed.value);
    else {
      const example = textOf(memberOf(raw, 'exceptionId')) ?? 'without an id';
      this.#count('exception', { kind: 'unreadable', product: 'Portcullis ledger', reason: parsed.error, example });
    }
  }

  /** Once: nothing may be added then. */
  build({ generatedAt, source, remarks = [], due = DEFAULT_DUE_DAYS }: ReportHead): Report {
    const exceptions = this.#exceptions.stated(new Date(generatedAt));
    const terms = {
      generatedMillis: Date.parse(generatedAt),
      due,
      exceptions: liveByCheck(exceptions),
      times: new UtcTimes(),
    };
    const rows = toReportRows(this.#checks, terms);
    const accounts = new Map([...this.#accounts].map(([account, { facts }]) => [account, facts]));
    return {
      generatedAt,
      source,
      findingCount: this.#findings - this.#repeated,
      closingCount: this.#closings,
      undoCount: this.#undos,
      rows,
      ...tallyRows(rows, accounts),
      remediations: this.#remediations.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
      exceptions,
      grants: this.#grants.stated(new Date(generatedAt)),
      accounts,
      trend: toTrend(rows, generatedAt),
      due,
      policy: this.#decide === undefined ? undefined : countByPolicy(rows),
      otherControls: this.#others.counts(),
      remarks: this.#repeated === 0 ? remarks : [...remarks, repeatedRemark(this.#repeated)],
      notUnderstood: [...this.#notUnderstood.values()].sort((a, b) => b.count - a.count),
    };
  }

  /** As the latest remediation knew it. */
  #addAccount({ target, startedAt, context }: RemediationRecord): void {
    const known = this.#accounts.get(target.account);
    if (context?.account.known !== true || (known && known.at > startedAt)) return;
    this.#accounts.set(target.account, { at: startedAt, facts: context.account.value });
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

function countByPolicy(rows: ReportRows): Readonly<Record<PolicyMode, number>> {
  const counts = { auto: 0, ask: 0, notify: 0, ignore: 0 };
  for (const { policy } of rows) if (policy !== undefined) counts[policy]++;
  return counts;
}
