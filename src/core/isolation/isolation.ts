import type { SecurityGroupRule } from '../network/security-group-rule';

/** One network interface and its security groups, as they are, or as they were before an isolation. */
export interface InterfaceGroups {
  /** `eni-…`. */
  readonly interfaceId: string;
  readonly vpcId: string;
  /** Ids, in the order of the text; an interface has one at least. */
  readonly groups: readonly string[];
}

/** The group that isolates interfaces: made by us, one a VPC, and only isolating while it holds no rule at all. */
export interface IsolatingGroup {
  readonly id: string;
  readonly vpcId: string;
  readonly rules: readonly SecurityGroupRule[];
}

/** One EC2 call of an isolation or of its undo, carried out by one runbook run. */
export type IsolationStep = MakeGroup | EmptyGroup | ReplaceGroups;

/** Makes the isolating group of a VPC. EC2 gives it a rule that lets everything out. */
export interface MakeGroup {
  readonly call: 'CreateSecurityGroup';
  readonly vpcId: string;
  readonly name: string;
}

/** Takes rules out of an isolating group: those that share protocol and ports. */
export interface EmptyGroup {
  readonly call: 'RevokeSecurityGroupIngress' | 'RevokeSecurityGroupEgress';
  readonly groupId: string;
  readonly rules: readonly SecurityGroupRule[];
}

/** Gives an interface other groups. The runbook changes nothing where it has none of the expected ones any more. */
export interface ReplaceGroups {
  readonly call: 'ModifyNetworkInterfaceAttribute';
  readonly interfaceId: string;
  readonly expected: readonly string[];
  readonly groups: readonly string[];
}

export const ISOLATION_RUN_ENDS = ['effect-seen', 'changed', 'failed', 'no-effect', 'unknown'] as const;

/**
 * What the groups showed after a run: its effect; other groups than it was made for; that it was refused, which changed
 * nothing; nothing of it in time; or that nobody could look.
 */
export type IsolationRunEnd = (typeof ISOLATION_RUN_ENDS)[number];

export interface IsolationRun {
  /** Missing when SSM said only that the run was started already. */
  readonly executionId?: string;
  /** `rem-…/0.1`: the second step of the first round. */
  readonly runId: string;
  readonly step: IsolationStep;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Missing while it runs. */
  readonly end?: IsolationRunEnd;
}

/** What a record of an isolation, or of its undo, holds in place of rules and a plan. */
export interface RecordedIsolation {
  /**
   * Of an isolation: what every interface had before ours was put there, also by an isolation before this one. Stored
   * before anything is touched. Of an undo: what the interfaces had as it began.
   */
  readonly before: readonly InterfaceGroups[];
  /** The isolating groups as last read. */
  readonly isolating: readonly IsolatingGroup[];
  readonly runs: readonly IsolationRun[];
  /** As read back at the end; missing where it could not be. */
  readonly after?: readonly InterfaceGroups[];
}

/** Whether two lists name the same groups. EC2 has no order of them. */
export function sameGroups(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}
