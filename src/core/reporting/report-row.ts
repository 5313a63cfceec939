import type { ControlId } from '../controls/control-id';
import type { Target } from '../target';
import type { PolicyMode } from '../policy/policy-entry';
import type { CheckStatus } from './check-status';
import type { ColumnFinding } from './columns/finding-view';
import type { KnownRemediation } from './known-remediation';
import type { StatedException } from './reported-exception';
import type { ReportedRemediation } from './reported-remediation';

/** One control on one resource: what the latest finding and the latest remediation say about it. */
export interface ReportRow extends CheckStatus {
  readonly isWaiting: true | undefined;
  readonly reopenedAt: string | undefined;
  readonly control: ControlId;
  readonly controlTitle: string;
  readonly target: Target;
  /** Of its target. */
  readonly arn: string;
  /** The same for rows of one target. */
  readonly targetNumber: number;
  readonly resourceName: string | undefined;
  /** `UNKNOWN` where only the ledger remembers it: Security Hub forgets findings after 90 days. */
  readonly severity: string;
  readonly firstSeenAt: string | undefined;
  /** The same, since 1970; NaN where it is unknown, or no time. */
  readonly firstSeenMillis: number;
  /** Only while it is unresolved: what could not be determined is taken for open. */
  readonly openSince: string | undefined;
  readonly openSinceMillis: number;
  readonly closedAt: string | undefined;
  /** Only where Portcullis closed it: when somebody else did is not known. */
  readonly secondsFromFirstSeenToClosed: number | undefined;
  readonly secondsFromDecisionToClosed: number | undefined;
  readonly finding: ColumnFinding | undefined;
  readonly remediation: KnownRemediation | undefined;
  /** Of all its findings: without consolidated findings each standard has its own. */
  readonly standards: readonly string[];
  readonly requirements: readonly string[];
  /** All that this row stands for. */
  readonly findingCount: number;
  readonly closingCount: number;
  readonly undoCount: number;
  /** Every closing and undo of the ledger, the latest first. */
  readonly history: readonly ReportedRemediation[];
  /** In force now, or the reason for what is suppressed; what is beyond it may be open all the same. */
  readonly exception: StatedException | undefined;
  /** Of what is unresolved, ISO 8601, UTC. */
  readonly dueAt: string | undefined;
  /** The same, milliseconds since 1970. */
  readonly dueMillis: number | undefined;
  readonly isOverdue: boolean;
  /** What the policy would do about its finding, where a policy was given, and the row is unresolved. */
  readonly policy: PolicyMode | undefined;
}

/** Rows in the order of the report, made anew each time that they are gone through: there are hundreds of thousands. */
export interface ReportRows extends Iterable<ReportRow> {
  readonly length: number;
  slice(from: number, to: number): ReportRows;
  filter(isWanted: (row: ReportRow) => boolean): ReportRows;
}

/**
 * How long an unresolved one has been open then; undefined for resolved ones and where nobody knows since when.
 *
 * @param millis since 1970
 */
export function secondsOpen({ openSinceMillis }: ReportRow, millis: number): number | undefined {
  const seconds = (millis - openSinceMillis) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

/** What still needs somebody. */
export function isUnresolved({ status }: Pick<CheckStatus, 'status'>): boolean {
  return status !== 'closed' && status !== 'suppressed' && status !== 'not-failing';
}
