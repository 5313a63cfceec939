import { parseException } from '../exceptions/parse-exception';
import { stateOf, type ExceptionState, type RiskException } from '../exceptions/risk-exception';
import type { RemediationRecord } from '../ledger/remediation-record';
import type { Result } from '../result';
import { targetKey } from '../target';
import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';

/** An exception as far as a report says it. */
export interface ReportedException extends Omit<RiskException, 'since' | 'findings'> {
  /** Unknown where only a record of a remediation reports it. */
  readonly since: string | undefined;
}

export interface StatedException extends ReportedException {
  /** When the report was made. */
  readonly state: ExceptionState;
}

/** @param raw an item of the ledger, or what `portcullis exceptions list --json` printed, which reports no findings */
export function parseReportedException(raw: unknown): Result<ReportedException, string> {
  return parseException(typeof raw === 'object' && raw !== null ? { findings: [], ...raw } : raw);
}

/**
 * Exceptions by the control and the target that they are about. What the ledger says of one goes before what a record
 * says.
 */
export class Exceptions {
  readonly #all = new Map<string, ReportedException>();
  readonly #ofRecords = new Map<string, ReportedException>();

  add(exception: ReportedException): void {
    this.#all.set(exception.exceptionId, exception);
  }

  /** Those that were in force on the target then, or that were made or ended. */
  addThoseOf({ exceptions = [], target, outcome, finishedAt, decidedBy }: RemediationRecord): void {
    for (const { exceptionId, control, covers, reason, by, until } of exceptions) {
      const known = this.#ofRecords.get(exceptionId);
      const ended =
        outcome === 'exception-ended' && finishedAt !== undefined
          ? { at: finishedAt, by: decidedBy, how: 'by-hand' as const }
          : known?.ended;
      const one = { exceptionId, target, control, covers, reason, by, until, since: undefined };
      this.#ofRecords.set(exceptionId, ended === undefined ? one : { ...one, ended });
    }
  }

  /** Those that end first before the others, and behind them those that have ended. */
  stated(now: Date): readonly StatedException[] {
    return [...new Map([...this.#ofRecords, ...this.#all]).values()]
      .map((one) => ({ ...one, state: stateOf(one, now) }))
      .sort(
        (a, b) =>
          Number(a.state === 'ended') - Number(b.state === 'ended') ||
          a.until.localeCompare(b.until) ||
          a.exceptionId.localeCompare(b.exceptionId),
      );
  }
}

/** The one of a control on a target that is in force the longest. */
export type LiveExceptions = ReadonlyMap<string, StatedException>;

/** @param stated those that end first before the others */
export function liveByCheck(stated: readonly StatedException[]): LiveExceptions {
  const live = stated.filter(({ state }) => state === 'live');
  return new Map(live.map((one) => [checkKey(one.control, one.target), one]));
}

/** One key for a check: a control on a target. */
export function checkKey(control: ControlId, target: Target): string {
  return `${control} ${targetKey(target)}`;
}
