import type { RuleState } from './deployment';
import type { PortResult } from './port-failure';

export interface TrailState {
  readonly name: string;
  /** Whether it records at this moment. */
  readonly isLogging: boolean;
}

/** Something that holds most of its kind: a group with its rules, an interface with its groups. */
export interface Fullest {
  readonly id: string;
  readonly held: number;
}

/** A member account in one Region, seen with credentials of that account. All of it reads. */
export interface MemberState {
  /** SSM GetDocument: the content of the default version; undefined where there is none of that name. */
  fetchDocument(name: string): PortResult<unknown>;
  /** CloudTrail DescribeTrails and GetTrailStatus: trails that record management events of the Region. */
  fetchTrails(): PortResult<readonly TrailState[]>;
  /** EC2 DescribeFlowLogs: how many are active. */
  countFlowLogs(): PortResult<number>;
  /** Rules of the default bus whose names begin so. */
  fetchRules(prefix: string): PortResult<readonly RuleState[]>;
  /** Service Quotas: the quota as it is applied, or else AWS's default; undefined where it says neither. */
  fetchQuota(service: string, code: string): PortResult<number | undefined>;
  /**
   * The group with most rules in one direction and address family, the ACL with most entries, the interface with most
   * groups: undefined where there is none. A prefix list counts as one.
   */
  fetchFullest(kind: 'security-group' | 'network-acl' | 'network-interface'): PortResult<Fullest | undefined>;
  /** SSM DescribeAutomationExecutions: automations that run at this moment. */
  countAutomations(): PortResult<number>;
}
