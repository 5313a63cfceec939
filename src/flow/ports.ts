import type { Attachment } from '../core/attachment';
import type { CertificateContents } from '../core/certificate/certificate';
import type { ControlId } from '../core/controls/control-id';
import type { Finding, FindingKey } from '../core/findings/finding';
import type { GivenBack } from '../core/ledger/given-back';
import type {
  RemediationAction,
  RemediationOutcome,
  RemediationRecord,
  Trigger,
} from '../core/ledger/remediation-record';
import type { PlanStep } from '../core/planning/plan';
import type { Resource } from '../core/resource';
import type { Result } from '../core/result';
import type { Target } from '../core/target';
import type { FindingUpdate } from '../core/updates/finding-update';

/**
 * What the flow needs from the world. Adapters answer every expected failure as a value; what they throw is a bug.
 */

/** A call that did not work, in terms that no SDK leaks into. */
export interface PortFailure {
  readonly code: FailureCode;
  /** The same call may work a moment later. */
  readonly retryable: boolean;
  /** A sentence for people: what was tried, and what the service said. */
  readonly cause: string;
}

export type FailureCode =
  | 'access-denied'
  | 'throttled'
  | 'unavailable'
  | 'not-found'
  /** Somebody else changed it first: a condition did not hold, or a name is taken. */
  | 'conflict'
  | 'invalid'
  | 'too-large'
  | 'unknown';

export type Outcome<Value> = Promise<Result<Value, PortFailure>>;

export type { Attachment };

/** Who the notes on findings are from: a note of anybody else is kept in the ledger before ours replaces it. */
export const NOTE_AUTHOR = 'Portcullis';

/** Security Hub in its aggregation Region. */
/**
 * Ids that one call to Security Hub may ask for.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html
 */
export const FINDINGS_PER_READ = 20;

export interface Hub {
  /** Any number of keys. Findings in any order; what Security Hub does not know, or we do not understand, is missing. */
  fetchFindings(keys: readonly FindingKey[]): Outcome<readonly Finding[]>;
  /** Active findings on the target that nobody has resolved or suppressed. */
  fetchFindingsOnTarget(target: Target): Outcome<readonly Finding[]>;
  /** Any number of findings. Answers those that Security Hub left unprocessed, with its reason. */
  updateFindings(keys: readonly FindingKey[], update: HubUpdate): Outcome<readonly UnprocessedFinding[]>;
}

export interface HubUpdate extends Pick<FindingUpdate, 'workflow' | 'note'> {
  /** All that the findings have afterwards: Security Hub replaces the whole map. Undefined leaves it as it is. */
  readonly userDefinedFields: Readonly<Record<string, string>> | undefined;
}

export interface UnprocessedFinding extends FindingKey {
  readonly reason: string;
  readonly retryable: boolean;
}

/** Resources as they are at this moment, read with the member account's role. */
export interface Targets {
  /** A failure means that it could not be read, which is never a reason to believe that it is closed. */
  observe(target: Target, remediationId: string): Outcome<Observation>;
  /** What traffic passes the target for: a preview says who would notice. */
  fetchAttachments(target: Target, remediationId: string): Outcome<readonly Attachment[]>;
}

export type Observation = { readonly kind: 'found'; readonly resource: Resource } | { readonly kind: 'gone' };

/** SSM Automation in the target's account and Region. */
export interface Runbooks {
  /** A run that was started before under its id is a failure with code `conflict`, or answered as it was then. */
  start(run: RunbookRun): Outcome<{ readonly executionId: string }>;
  explain(run: RunbookRun, executionId: string): Outcome<RunbookStatus>;
}

/** One plan step, carried out by one runbook execution. */
export interface RunbookRun {
  readonly target: Target;
  readonly remediationId: string;
  /** What an undo authorizes is what was there before, to the last tag; what a closing authorizes is our own. */
  readonly action: 'close' | 'undo';
  /** Names the run among all others: the same id is started once. */
  readonly runId: string;
  readonly step: PlanStep;
}

export type RunbookStatus =
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'failed';
      /** The AWS error code of the call that failed, such as `InvalidPermission.NotFound`, where the message has one. */
      readonly code?: string;
      readonly reason: string;
      /** The service had trouble of its own: the same call may work a moment later. */
      readonly isTransient?: true;
    };

/** What somebody wants done about one message's findings on one target. Stays in the ledger until it is answered. */
export type RemediationRequest = CloseRequest | PreviewRequest | UndoRequest;

export type CloseRequest = RequestOf<'close'>;

export type PreviewRequest = RequestOf<'preview'>;

/** The findings are those that were selected, and none for an undo from a terminal. */
export interface UndoRequest extends RequestOf<'undo'> {
  /** The closing to take back. */
  readonly remediationId: string;
  /** Whoever asks knows that the closing is old. */
  readonly confirmed: boolean;
}

interface RequestOf<Action extends RemediationAction> {
  /** Named for the event and its finding, so that an event that comes twice asks once. */
  readonly id: string;
  readonly action: Action;
  readonly trigger: Trigger;
  readonly decidedBy: string;
  readonly findings: readonly FindingKey[];
  /** When it was written down, ISO 8601, UTC; requests of earlier versions do not say it. */
  readonly askedAt?: string;
}

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
  /** Certificates of a target as they were stored, unread, in the order of the chain. */
  fetchCertificatesOf(target: Target): Outcome<readonly unknown[]>;
}

/** The `portcullis` bus. */
export interface DomainEvents {
  publish(event: DomainEvent): Outcome<void>;
}

export interface DomainEvent {
  readonly detailType: 'Ingress Closed' | 'Closing Undone' | 'Remediation Failed' | 'Decision Needed';
  readonly detail: RemediationEventDetail;
}

/** The `detail` of every event about a remediation; the contract of everything that hangs off the bus. */
export interface RemediationEventDetail {
  readonly remediationId: string;
  readonly action: RemediationAction;
  /** The closing that an undo took back. */
  readonly undoes?: string;
  readonly outcome: RemediationOutcome;
  readonly target: Target & { readonly arn: string };
  readonly controls: readonly ControlId[];
  readonly trigger: Trigger;
  readonly decidedBy: string;
  /** One sentence: what was done, or why not. */
  readonly reason: string;
  /** At most 20 ids; `findingCount` says how many there are. */
  readonly findingIds: readonly string[];
  readonly findingCount: number;
  /** Findings that Security Hub did not let us update: what people see there is out of date. */
  readonly findingsNotUpdated: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
}

/** Durable executions of the orchestrator. */
export interface Orchestrations {
  /** Starting the same target and generation twice starts it once. */
  start(request: { readonly target: Target; readonly generation: number }): Outcome<void>;
}

/** Messages that nobody will work on, with the reason, for people to read and replay. */
export interface DeadLetters {
  save(message: { readonly body: string; readonly reason: string }): Outcome<void>;
}

export type Metric =
  | 'EventsRejected'
  /** A message could not be worked on because the dispatcher is not allowed to. */
  | 'DispatcherDenied'
  | 'FindingsSkipped'
  | 'RemediationsNotClosed'
  | 'FindingUpdatesFailed'
  | 'DomainEventsFailed';

export interface Metrics {
  count(metric: Metric, value?: number): void;
}

export interface Clock {
  now(): Date;
}

/** Names that are the same whenever the same thing is named again. */
export interface Identifiers {
  /** `rem-` and 16 hexadecimal digits; `sequence` counts the remediations of one execution. */
  remediationId(target: Target, generation: number, sequence: number): string;
  /** Of what an event asks for one of its findings. */
  requestId(eventId: string, action: RemediationAction, finding: FindingKey): string;
}

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * Execution that survives the loss of its process: finished steps are remembered, not run again. Everything outside a
 * step runs again after each wait and must be deterministic: no clock, no randomness, no calls.
 */
export interface Durable {
  /**
   * Runs once to its end; may run twice when the process dies before the result is stored, so it must be repeatable.
   * Retryable failures are retried with growing pauses, then answered. The result must be plain JSON data.
   */
  step<Value>(name: string, run: () => Outcome<Value>): Outcome<Value>;
  sleep(name: string, seconds: number): Promise<void>;
}
