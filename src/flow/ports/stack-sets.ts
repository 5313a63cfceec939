import type { PortResult } from './port-failure';

/** One stack of a StackSet, in an account and Region. */
export interface StackInstanceState {
  readonly account: string;
  readonly region: string;
  /** The unit through which the account is in the set. */
  readonly unit: string;
  readonly stackId: string;
  /** `CURRENT`, `OUTDATED` or `INOPERABLE`. */
  readonly status: string;
  /** `SUCCEEDED`, `FAILED`, `RUNNING`, `SKIPPED_SUSPENDED_ACCOUNT`, … */
  readonly detailedStatus: string;
  /** Why it is not current, in CloudFormation's words; empty where it says nothing. */
  readonly reason: string;
  /** Somebody has changed by hand what the stack made, as the last drift detection found. */
  readonly isDrifted: boolean;
}

export interface StackSetState {
  /** `ACTIVE` or `DELETED`. */
  readonly status: string;
  /** Whether it deploys to accounts that join its units. */
  readonly deploysToNewAccounts: boolean;
  /** ISO 8601; undefined where drift was never detected. */
  readonly driftCheckedAt: string | undefined;
  /** Whose words its calls are to be made with: `SELF`, or `DELEGATED_ADMIN`. */
  readonly callAs: string;
  readonly instances: readonly StackInstanceState[];
}

/** StackSets that the caller's account may see. All of it reads. */
export interface StackSets {
  /**
   * CloudFormation DescribeStackSet and ListStackInstances, as the management account and as a delegated administrator;
   * undefined where the account sees none of that name.
   */
  fetchStackSet(name: string): PortResult<StackSetState | undefined>;
}
