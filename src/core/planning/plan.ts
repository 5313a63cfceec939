import type { ControlId } from '../controls/control-id';
import type { SecurityGroupRule } from '../network/security-group-rule';

/** What would be done to a target, call by call, and what it would hold afterwards. Plain data: it is stored and shown. */
export interface Plan {
  readonly violations: readonly Violation[];
  /** In the order in which they must run; each is one API call within the service's limits, and leaves a safe state. */
  readonly steps: readonly PlanStep[];
  /** The target's rules once every step has run. */
  readonly remaining: readonly SecurityGroupRule[];
  /** Reasons why a person must decide. Empty when the plan may run as it is. */
  readonly ask: readonly string[];
  /** What the reader should know though it changes nothing, such as a control not in hand that would object. */
  readonly remarks: readonly string[];
}

export interface Violation {
  readonly ruleId: string;
  readonly controls: readonly ControlId[];
  readonly how: 'open' | 'effectively-open';
  readonly reason: string;
}

/** All rules of a step share protocol and ports (and, when authorizing, tags): what one runbook run can carry. */
export interface PlanStep {
  readonly call: 'AuthorizeSecurityGroupIngress' | 'RevokeSecurityGroupIngress';
  readonly rules: readonly SecurityGroupRule[];
}
