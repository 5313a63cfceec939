import type { AccountFacts } from '../context/context';
import type { PolicyMode } from '../policy/policy-entry';
import type { DueDays } from './due';
import type { ReportRows } from './report-row';
import type { ReportedRemediation } from './reported-remediation';
import type { NotUnderstood } from './reported-finding';
import type { StatedException } from './reported-exception';
import type { ReportedGrant } from './reported-grant';
import type { Tally } from './tally';
import type { TrendWeek } from './trend';

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
  readonly rows: ReportRows;
  readonly overall: Tally;
  readonly byControl: readonly Tally[];
  readonly byAccount: readonly Tally[];
  readonly byRegion: readonly Tally[];
  readonly bySeverity: readonly Tally[];
  /** A row counts for each unit that its account is in, by their ids; empty where no remediation knew. */
  readonly byOrganizationalUnit: readonly Tally[];
  /** A row counts for each of its standards, and for each of its requirements. */
  readonly byStandard: readonly Tally[];
  readonly byRequirement: readonly Tally[];
  /** Every closing and undo of the ledger, the latest first: a row shows only its latest. */
  readonly remediations: readonly ReportedRemediation[];
  /** Those that end first before the others, and behind them those that have ended. */
  readonly exceptions: readonly StatedException[];
  /** What was opened for a while: those that are open past their end first. */
  readonly grants: readonly ReportedGrant[];
  /** By id, as the remediations knew them. */
  readonly accounts: ReadonlyMap<string, AccountFacts>;
  readonly trend: readonly TrendWeek[];
  readonly due: DueDays;
  /** Of what is unresolved; undefined where no policy was given. */
  readonly policy: Readonly<Record<PolicyMode, number>> | undefined;
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

export interface NotUnderstoodCount {
  readonly what: 'finding' | 'ledger record' | 'exception';
  readonly kind: NotUnderstood['kind'];
  readonly product: string;
  readonly count: number;
  /** Of the first one. */
  readonly reason: string;
  readonly example: string;
}
