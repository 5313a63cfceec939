import type { ControlId } from '../controls/control-id';
import type { NetworkAclEntry } from '../network/network-acl';
import type { SecurityGroupRule } from '../network/security-group-rule';
import type { Reason } from '../reasons/reason';
import type { NetworkAclCall, SecurityGroupCall } from './calls';

/**
 * What would be done to a target, call by call, and what it would hold afterwards. Plain data: it is stored and shown.
 */
export type Plan = SecurityGroupPlan | NetworkAclPlan;

export interface SecurityGroupPlan extends PlanOf<SecurityGroupStep, SecurityGroupRule> {
  readonly violations: readonly RuleViolationText[];
}

export interface NetworkAclPlan extends PlanOf<NetworkAclStep, NetworkAclEntry> {
  readonly violations: readonly EntryViolation[];
}

interface PlanOf<Step, Rule> {
  /** In the order in which they must run; each is one API call within the service's limits, and leaves a safe state. */
  readonly steps: readonly Step[];
  /** The target's rules, or entries, once every step has run. */
  readonly remaining: readonly Rule[];
  /** Reasons why a person must decide. Empty when the plan may run as it is. */
  readonly ask: readonly string[];
  /** The same as data, in the same order; missing in records of earlier versions. */
  readonly askReasons?: readonly Reason[];
  /**
   * What the reader should know though it changes nothing, such as a control that is not requested and would object.
   */
  readonly remarks: readonly string[];
  /** The same as data, in the same order; missing in records of earlier versions. */
  readonly remarkReasons?: readonly Reason[];
  /**
   * Of a network ACL: what the policy would keep and there is no room for, at the number of the entry that allowed it.
   */
  readonly givenUp?: readonly NetworkAclEntry[];
}

export type Violation = RuleViolationText | EntryViolation;

interface ViolationText {
  readonly controls: readonly ControlId[];
  readonly reason: string;
  /** The same as data; missing in records of earlier versions. */
  readonly reasons?: readonly Reason[];
}

export interface RuleViolationText extends ViolationText {
  readonly ruleId: string;
  readonly how: 'open' | 'effectively-open';
}

export interface EntryViolation extends ViolationText {
  readonly ruleNumber: number;
  readonly how: 'open';
}

export type PlanStep = SecurityGroupStep | NetworkAclStep;

/** All rules of a step share protocol and ports (and, when authorizing, tags): what one runbook run can carry. */
export interface SecurityGroupStep {
  readonly call: SecurityGroupCall;
  readonly rules: readonly SecurityGroupRule[];
}

/** One entry a step, as EC2 takes them: the one that will be there, or for a deletion the one that is there now. */
export interface NetworkAclStep {
  readonly call: NetworkAclCall;
  readonly rules: readonly [NetworkAclEntry];
}
