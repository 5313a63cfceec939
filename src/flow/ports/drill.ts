import type { KnownFinding, OwnFinding } from '../../core/detection/own-finding';
import type { Opening } from '../../core/drill/drill-control';
import type { Finding } from '../../core/findings/finding';
import type { RemediationRecord } from '../../core/ledger/remediation-record';
import type { SecurityGroupStep } from '../../core/planning/plan';
import type { Target } from '../../core/target';
import type { RequestState } from './ledger';
import type { PortFailure, PortResult } from './port-failure';
import type { RunbookStatus } from './runbooks';
import type { Observation } from './targets';
import type { Attachment } from '../../core/attachment';
import type { Result } from '../../core/result';

export interface DrillVpc {
  readonly id: string;
  readonly isDefault: boolean;
}

/** What a drill makes, and what its name and tag say. */
export interface ToMake {
  readonly kind: Target['kind'];
  readonly name: string;
  readonly drillId: string;
  readonly vpcId: string;
}

/** Something that carries the tag of drills. */
export interface Made {
  readonly target: Target;
  readonly name: string;
  readonly drillId: string;
}

/** A run of one of the deployment's documents that the drill starts by itself, with its own role. */
export interface DrillRun {
  readonly target: Target;
  readonly step: SecurityGroupStep;
  /** Makes the ClientToken: the same text, the same token. */
  readonly token: string;
  /** How a list of maps is written: a text for each map, or one text that is the whole JSON list. */
  readonly lists: 'map-each' | 'whole-list';
}

/** A refusal, with the code that the service gave: `IdempotentParameterMismatch`. */
export interface Refusal extends PortFailure {
  readonly answer: string;
}

/** The account and Region of a drill, by the role that exists for drills alone. */
export interface DrillGround {
  /** Takes the role on. */
  enter(): PortResult<void>;
  /** EC2 DescribeVpcs. */
  fetchVpcs(): PortResult<readonly DrillVpc[]>;
  /** Makes a security group or a network ACL without rules for ingress, tagged from its first moment on. */
  make(wanted: ToMake): PortResult<Target>;
  /** What carries the tag of one drill, or of any. */
  findMade(drillId?: string): PortResult<readonly Made[]>;
  /** The target with its rules or entries, tags and name, as it is now. */
  observe(target: Target): PortResult<Observation>;
  /** Network interfaces or subnets that use it. */
  fetchAttachments(target: Target): PortResult<readonly Attachment[]>;
  /** Adds one rule or entry by EC2 itself, not by a run. */
  open(target: Target, opening: Opening): PortResult<void>;
  /** Deletes the group or ACL; `not-found` where it is gone already. */
  remove(target: Target): PortResult<void>;
  /** SSM StartAutomationExecution; the id of the execution. */
  startRun(run: DrillRun): Promise<Result<string, Refusal>>;
  /** SSM GetAutomationExecution. */
  fetchRun(executionId: string): PortResult<RunbookStatus>;
  /** Security Hub BatchImportFindings, in the account of the drill. */
  importFinding(finding: OwnFinding): PortResult<void>;
  /** Those that are there and not archived, whose ids begin so. */
  fetchFindings(idStart: string): PortResult<readonly KnownFinding[]>;
  /** BatchUpdateFindings with these user-defined fields and nothing else. */
  setFields(finding: OwnFinding, fields: Readonly<Record<string, string>>): PortResult<void>;
}

/** What the deployment is asked for, as `portcullis remediate` and `portcullis undo` ask. */
export type DrillCommand =
  | { readonly command: 'remediate'; readonly findingIds: readonly [string] }
  | { readonly command: 'undo'; readonly remediationId: string; readonly confirmed: false };

/** The deployment that is drilled, as an operator in the hub account uses it. */
export interface DrilledDeployment {
  /** As the hub sees it; undefined while it has not come there. */
  fetchFinding(id: string): PortResult<Finding | undefined>;
  /** Has it begin with something. What is asked again with the same key is asked once. */
  ask(command: DrillCommand, key: string): PortResult<{ readonly target: Target; readonly requestId: string }>;
  /** What became of that. */
  fetchRequestState(target: Target, requestId: string): PortResult<RequestState>;
  /** As the ledger holds it, by its id. */
  fetchRemediation(remediationId: string): PortResult<RemediationRecord | undefined>;
  /** What the ledger holds of the target, newest first. */
  fetchRemediations(target: Target): PortResult<readonly RemediationRecord[]>;
  /** Certificates of the target as they were stored, in the order of the chain. */
  fetchCertificates(target: Target): PortResult<readonly unknown[]>;
}

export interface CommandResult {
  readonly outcome: string;
  readonly reason: string;
}

export interface DrillPorts {
  readonly ground: DrillGround;
  readonly deployment: DrilledDeployment;
  /** Time of day, for what is dated. */
  now(): Date;
  /** Milliseconds that only go forward, for what is timed. */
  elapsed(): number;
  /** Is over at once when somebody interrupts the drill. */
  pause(millis: number): Promise<void>;
  /** Whether somebody has interrupted the drill: then nothing new begins. */
  isInterrupted(): boolean;
}
