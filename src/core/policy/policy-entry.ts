import type { Baseline } from '../controls/baseline';
import type { ClosingLimit } from './closing-limit';
import {
  ATTACHED_KINDS,
  MANAGERS,
  type OTHER_WAY_IN_ANSWERS,
  type REACHABLE_ANSWERS,
  type TOOLS,
  type USED_ANSWERS,
} from '../context/context';
import type { ControlId } from '../controls/control-id';
import type { FlowLogLimits } from '../context/flow-logs/window';
import type { ConfiguredException } from '../exceptions/configured-exception';
import type { GrantLimits } from '../grants/grant';
import type { IsolationTerms } from '../isolation/isolation-terms';
import type { PlanPolicy } from '../planning/plan-policy';
import type { AskTerms } from '../questions/ask-terms';

/**
 * What becomes of a finding that nobody chose: closed, left to a person with a question, left with a note, or not
 * touched.
 */
export const POLICY_MODES = ['auto', 'ask', 'notify', 'ignore'] as const;

export type PolicyMode = (typeof POLICY_MODES)[number];

export const SEVERITIES = ['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

type Severity = (typeof SEVERITIES)[number];

/** What entries may name as attached; `nothing` is a target that nothing hangs on. */
export const ATTACHED_VALUES = [...ATTACHED_KINDS, 'nothing'] as const;

/**
 * CDK deploys with CloudFormation, and only CloudTrail distinguishes the two: for entries both are `cloudformation`.
 */
export const MANAGER_VALUES = MANAGERS.filter((manager) => manager !== 'cdk');

/** Conditions on what is known about the target, of which `any` lets one suffice. */
export const FACT_CONDITIONS = ['attachedTo', 'reachable', 'used', 'otherWayIn', 'openedBy', 'managedBy'] as const;

/** Conditions that must all be met, but for `any`; each is met by any one of its values. */
export interface PolicyConditions {
  readonly controls?: readonly ControlId[];
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  readonly severities?: readonly Severity[];
  /** Tags of the target. One without a value matches any value. */
  readonly tags?: readonly PolicyTag[];
  /** Ids of units at any level above the account, or of the root. */
  readonly organizationalUnits?: readonly string[];
  /** Values of the tags that name them, without regard to case. */
  readonly environments?: readonly string[];
  readonly owners?: readonly string[];
  readonly attachedTo?: readonly (typeof ATTACHED_VALUES)[number][];
  readonly reachable?: readonly (typeof REACHABLE_ANSWERS)[number][];
  readonly used?: readonly (typeof USED_ANSWERS)[number][];
  readonly otherWayIn?: readonly (typeof OTHER_WAY_IN_ANSWERS)[number][];
  readonly openedBy?: readonly (typeof TOOLS)[number][];
  readonly managedBy?: readonly (typeof MANAGER_VALUES)[number][];
  /** Of the conditions on facts (`FACT_CONDITIONS`) one suffices; all others must be met. */
  readonly any?: true;
}

export interface PolicyTag {
  readonly key: string;
  readonly value?: string;
}

/** One entry of `decisions` in `portcullis.yaml`. */
export interface PolicyEntry {
  readonly name?: string;
  /** Missing matches everything. */
  readonly when?: PolicyConditions;
  readonly do: PolicyMode;
  /** Of `ask`: who may answer, how long, and what silence means. */
  readonly ask?: AskTerms;
}

/** What asks a person whoever wants the target closed. */
export interface PolicyGuards {
  /** A target with a tag of this key, whatever its value, is closed only when a person insists. */
  readonly protectionTag?: string;
  /** Where 22 or 3389 goes, an instance runs and no other way into it is known. Missing means true. */
  readonly lastWayIn?: boolean;
  /** Where Firewall Manager manages the target. Missing means true. */
  readonly firewallManager?: boolean;
}

/** All of `portcullis.yaml` that the orchestrator goes by. */
export interface Policy extends PlanPolicy {
  /** Missing, or none: what `automatic` lists is closed by itself, as findings of it are all that comes. */
  readonly decisions?: readonly PolicyEntry[];
  readonly guards?: PolicyGuards;
  /** How long an exception of the console lasts; 30 unless said. */
  readonly exceptionDays?: number;
  /** How long is read around a target, and in one read of flow logs; {@link READING_SECONDS} unless said. */
  readonly readingSeconds?: number;
  /** How much of VPC flow logs may be searched; missing, nobody looks into any. */
  readonly flowLogs?: FlowLogLimits;
  /** How much is closed with nobody asked; missing, nothing is counted. */
  readonly brake?: ClosingLimit;
  /** What may not be public beside what the controls say; missing, there is no such control. */
  readonly baseline?: Baseline;
  /** Those of `portcullis.yaml`. */
  readonly exceptions?: readonly ConfiguredException[];
  /** What may be opened for a while; missing, nothing may. */
  readonly grants?: GrantLimits;
  /** How instances are isolated; missing, none is. */
  readonly isolation?: IsolationTerms;
}

/** `policy entry "production asks"`, or by its place from 1 where it has no name. */
export function nameEntry({ name }: PolicyEntry, index: number): string {
  return name === undefined ? `policy entry ${String(index + 1)}` : `policy entry "${name}"`;
}
