import type { ControlId } from '../../core/controls/control-id';
import type { KnownFinding, OwnFinding } from '../../core/detection/own-finding';
import type { Finding } from '../../core/findings/finding';
import type { Resource } from '../../core/resource';
import type { Place } from '../../core/sweeping/place';
import type { Sweep, SweepRequest } from '../../core/sweeping/sweep';
import type { SweptPlace } from '../../core/sweeping/swept-place';
import type { PortResult } from './port-failure';

/** All that a place holds, read with the role in its account. */
export interface Inventory {
  /** @param session names the calls in the member's CloudTrail */
  readPlace(place: Place, session: string): PortResult<Inventoried>;
}

export interface Inventoried {
  /** Every security group and network ACL of the account, with its rules and what its prefix lists hold. */
  readonly resources: readonly Resource[];
  /** Those that EC2 answered in a form that cannot be understood. */
  readonly notUnderstood: readonly { readonly id: string; readonly reason: string }[];
}

/** Security Hub in the account and Region of a place: there an account imports findings about itself. */
export interface PlaceFindings {
  /** All of our own product whose ids begin with the prefix of a deployment and a `/`. */
  fetchOwn(place: Place, prefix: string, session: string): PortResult<readonly KnownFinding[]>;
  /** Findings of anybody that are RESOLVED although they fail, because we had closed what they are about. */
  fetchResolvedByUs(place: Place, session: string): PortResult<readonly ResolvedFinding[]>;
  /** Active findings of anybody about security groups and network ACLs that are SUPPRESSED. */
  fetchSuppressed(place: Place, session: string): PortResult<readonly Finding[]>;
  /** Any number, in their order; one that Security Hub does not take is a failure. */
  importOwn(place: Place, findings: readonly OwnFinding[], session: string): PortResult<void>;
}

export interface ResolvedFinding {
  /** Of what it is about. */
  readonly resourceIds: readonly string[];
  /** ISO 8601; when our note was written. */
  readonly notedAt: string | undefined;
}

/** Accounts whose findings Security Hub gives the hub. */
export interface MemberAccountList {
  /** Without the hub's own. */
  fetchMembers(): PortResult<readonly string[]>;
}

/** The ledger's part about sweeps. */
export interface Sweeps {
  /**
   * Makes a sweep the one that is under way, or says that it still is. False where another one is, and has said so
   * lately: one whose execution was stopped is not waited for.
   */
  claim(sweep: Pick<Sweep, 'sweepId' | 'startedAt'>, now: Date): PortResult<boolean>;
  /** It is not under way any more; another one that is stays so. */
  letGo(sweep: Pick<Sweep, 'sweepId' | 'startedAt'>, now: Date): PortResult<void>;
  /** The id of the one that is under way, or was the last; undefined before the first. */
  fetchLatest(): PortResult<string | undefined>;
  /** Creates or replaces it. */
  saveSweep(sweep: Sweep): PortResult<void>;
  /** A sweep; undefined where there is none of that id. */
  fetchSweep(sweepId: string): PortResult<Sweep | undefined>;
  /** Creates or replaces what was found in one place. */
  savePlace(sweepId: string, place: SweptPlace): PortResult<void>;
  /** In the order of accounts and Regions. */
  fetchPlaces(sweepId: string): PortResult<readonly SweptPlace[]>;
}

/** Durable executions of the sweeper. */
export interface SweepExecutions {
  /** Starts the execution of a sweep, or finds the one that was started for it before. */
  start(request: SweepRequest): PortResult<void>;
}

/** How the deployment sweeps by schedule. */
export interface ScheduledSweeps extends SweepExecutions {
  readonly regions: readonly string[];
  readonly controls: readonly ControlId[];
}
