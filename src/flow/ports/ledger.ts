import type { CertificateAnchor, CertificateContents } from '../../core/certificate/certificate';
import type { RiskException } from '../../core/exceptions/risk-exception';
import type { Grant } from '../../core/grants/grant';
import type { Restored } from '../../core/ledger/restored';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import type { PortResult } from './port-failure';
import type { RemediationRequest, UndoRequest } from './remediation-request';

/** The right to remediate one target, and what is waiting there. */
export type Work =
  /** Another execution holds the target now: this one must not touch it. */
  | { readonly kind: 'superseded' }
  | {
      readonly kind: 'held';
      /** Arrivals counted so far; every request counted in it is in `requests`, unless `more`. */
      readonly arrivals: number;
      readonly requests: readonly RemediationRequest[];
      readonly more: boolean;
    };

/** One holding of a target, from the arrival that begins it to its end. */
export interface Tenure {
  /** Counts the holdings of the target, as far as the ledger remembers them. */
  readonly generation: number;
  /**
   * Of this holding alone: a ledger that was restored from a backup counts the same generation again, under another.
   */
  readonly nonce: string;
}

export interface Arrival extends Tenure {
  /** The holding begins with this arrival, and nobody has started its execution. */
  readonly isNew: boolean;
}

/** How a request stands; only `waiting` ones can be withdrawn. */
export type RequestStatus = 'waiting' | 'begun' | 'answered';

export interface RequestState {
  /** `unknown`: the ledger has no such request, or not any more. */
  readonly status: RequestStatus | 'unknown';
  readonly answer?: RequestAnswer;
}

export interface RequestAnswer {
  /** The remediation that answered it, where one did and left a record. */
  readonly remediationId?: string;
  /** A sentence, where no record says what became of it. */
  readonly reason?: string;
  /** It was taken back before anybody began with it. */
  readonly withdrawn?: true;
}

export interface Ledger {
  /**
   * Writes a request once: what is written under its id before stays as it is. `answered` means that it was processed
   * already, and that nobody has to be notified that it came.
   */
  saveRequest(target: Target, request: RemediationRequest): PortResult<'waiting' | 'answered'>;
  /** Once a request is answered, its findings have been updated as well. */
  fetchRequestState(target: Target, requestId: string): PortResult<RequestState>;
  /**
   * Marks requests as begun. Answers those that still wait: the others were withdrawn, or answered, since they were
   * read.
   */
  beginRequests(
    target: Target,
    requests: readonly RemediationRequest[],
    now: Date,
  ): PortResult<readonly RemediationRequest[]>;
  /** Takes a request back that waits; what has begun, or is answered, stays as it is. */
  withdrawRequest(
    target: Target,
    requestId: string,
    now: Date,
  ): PortResult<'withdrawn' | Exclude<RequestState['status'], 'waiting'>>;
  /**
   * Counts an arrival on the target's claim and answers the holding that will see it: the one that there is, or one
   * that begins, under the nonce given.
   */
  announceArrival(target: Target, nonce: string): PortResult<Arrival>;
  /** Reads what waits, for the execution of a holding. Reads are consistent. */
  openWork(target: Target, tenure: Tenure): PortResult<Work>;
  /** Undos that wait on the target, whoever holds it. The read is consistent. */
  fetchWaitingUndos(target: Target): PortResult<readonly UndoRequest[]>;
  /** Takes requests off what waits, and remembers that they came for as long as the queue may deliver them again. */
  answerRequests(
    target: Target,
    requests: readonly RemediationRequest[],
    answer: RequestAnswer,
    now: Date,
  ): PortResult<void>;
  /** Ends the holding, unless something arrived since `arrivals`; false when it is not (or no longer) ours to end. */
  release(target: Target, tenure: Tenure, arrivals: number): PortResult<boolean>;
  /** Ends a holding whose execution can do no more, whatever arrived: the next arrival finds what waits. */
  giveUp(target: Target, tenure: Tenure): PortResult<void>;
  /** What undos have restored on the target, and nobody has had closed again. */
  fetchRestored(target: Target): PortResult<Restored>;
  /** Keeps what an undo has put back. */
  saveRestored(target: Target, restored: Restored): PortResult<void>;
  /** Creates or replaces an exception. */
  saveException(exception: RiskException): PortResult<void>;
  /** An exception of a target; undefined where there is none of that id. */
  fetchException(target: Target, exceptionId: string): PortResult<RiskException | undefined>;
  /** Those of one target, or all, in no order, whether they are over or not. The read is consistent. */
  fetchExceptions(target?: Target): PortResult<readonly RiskException[]>;
  /** Creates or replaces a grant. */
  saveGrant(grant: Grant): PortResult<void>;
  /** Undefined where the ledger has none under this id. */
  fetchGrant(target: Target, grantId: string): PortResult<Grant | undefined>;
  /** Those of one target, or all, in no order, whether they are over or not. The read is consistent. */
  fetchGrants(target?: Target): PortResult<readonly Grant[]>;
  /** Creates or replaces the record. */
  saveRemediation(record: RemediationRecord): PortResult<void>;
  /** A remediation's record; undefined where there is none. */
  fetchRemediation(remediationId: string): PortResult<RemediationRecord | undefined>;
  /** Newest first. */
  fetchRemediationsOf(target: Target): PortResult<readonly RemediationRecord[]>;
  /**
   * Puts a certificate at the end of its target's chain, which cannot fork: each place is taken once. The same contents
   * at the end of the chain are there already. Answers the place that it has.
   */
  saveCertificate(contents: CertificateContents): PortResult<CertificateAnchor>;
  /**
   * The end of a target's chain as it was stored, unread, in its order: the latest certificate alone, or all back to
   * the latest of a remediation, where there is one.
   */
  fetchChainEnd(target: Target, backTo?: string): PortResult<readonly unknown[]>;
  /** Certificates of a target as they were stored, unread, in the order of the chain. */
  fetchCertificatesOf(target: Target): PortResult<readonly unknown[]>;
}
