import type { RuleState } from './deployment';
import type { PortResult } from './port-failure';

export interface TrailState {
  readonly name: string;
  /** Whether it records at this moment. */
  readonly isLogging: boolean;
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
}
