import type { CertificateContents } from '../../core/certificate/certificate';
import type { GivenBack } from '../../core/ledger/given-back';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { Target } from '../../core/target';
import type { Outcome } from './port-failure';
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

/** How long an execution that is heard of now may be believed to be alive. */
export interface Lease {
  readonly now: Date;
  readonly until: Date;
}

export type RequestStanding = 'waiting' | 'answered';

export interface Ledger {
  /**
   * Writes a request once: what is written under its id before stays as it is. `answered` means that it was worked off
   * already, and that nobody has to be told that it came.
   */
  saveRequest(target: Target, request: RemediationRequest): Outcome<RequestStanding>;
  /** Of a request that was saved. Once it is answered, its findings have been told as well. */
  fetchRequestStanding(target: Target, requestId: string): Outcome<RequestStanding>;
  /**
   * Counts an arrival on the target's claim and answers the generation that will see it. A claim whose lease has run
   * out (its execution died) is taken over: its generation ends, the next one begins.
   */
  announceArrival(target: Target, lease: Lease): Outcome<{ readonly generation: number }>;
  /** Renews the lease of the generation and reads what waits. Reads are consistent. */
  openWork(target: Target, generation: number, lease: Lease): Outcome<Work>;
  /** Undos that wait on the target, whoever holds it. The read is consistent. */
  fetchWaitingUndos(target: Target): Outcome<readonly UndoRequest[]>;
  /** Takes requests off what waits, and remembers that they came for as long as the queue may deliver them again. */
  answerRequests(target: Target, requests: readonly RemediationRequest[], now: Date): Outcome<void>;
  /** Ends the generation, unless something arrived since `arrivals`; false when it is not (or no longer) ours to end. */
  release(target: Target, generation: number, arrivals: number): Outcome<boolean>;
  /** Ends the generation whatever arrived, for an execution that can do no more: the next arrival finds what waits. */
  giveUp(target: Target, generation: number): Outcome<void>;
  /** What undos have given back on the target, and nobody has had closed again. */
  fetchGivenBack(target: Target): Outcome<GivenBack>;
  saveGivenBack(target: Target, givenBack: GivenBack): Outcome<void>;
  /** Creates or replaces the record. */
  saveRemediation(record: RemediationRecord): Outcome<void>;
  fetchRemediation(remediationId: string): Outcome<RemediationRecord | undefined>;
  /** Newest first. */
  fetchRemediationsOf(target: Target): Outcome<readonly RemediationRecord[]>;
  /**
   * Puts a certificate at the end of its target's chain, which cannot fork: each place is taken once. The same contents
   * at the end of the chain are there already.
   */
  saveCertificate(contents: CertificateContents): Outcome<void>;
  /**
   * The end of a target's chain as it was stored, unread, in its order: the latest certificate alone, or all back to the
   * latest of a remediation, where there is one.
   */
  fetchChainEnd(target: Target, backTo?: string): Outcome<readonly unknown[]>;
  /** Certificates of a target as they were stored, unread, in the order of the chain. */
  fetchCertificatesOf(target: Target): Outcome<readonly unknown[]>;
}
