import type { Template } from '../template';

/**
 * One stack of a set: what https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackInstance.html
 * says.
 */
export interface StackInstance {
  readonly account: string;
  readonly region: string;
  /** Through which the account is in the set. */
  readonly unit: string;
  readonly status: 'CURRENT' | 'OUTDATED' | 'INOPERABLE';
  readonly detailedStatus: 'SUCCEEDED' | 'FAILED' | 'CANCELLED' | 'INOPERABLE' | 'SKIPPED_SUSPENDED_ACCOUNT';
  readonly reason?: string;
  readonly stackId?: string;
  /** Takes away what the stack is made of, the last first. */
  readonly remove: readonly (() => void)[];
}

/** A StackSet that AWS manages. It belongs to the organization, whoever of its administrators made it. */
export interface StackSet {
  readonly id: string;
  readonly name: string;
  readonly description: string | undefined;
  readonly region: string;
  readonly template: Template;
  readonly templateBody: string;
  readonly capabilities: readonly string[];
  readonly autoDeployment: { readonly enabled: boolean; readonly retainsStacks: boolean };
  readonly isManagedExecution: boolean;
  readonly failureTolerancePercentage: number;
  readonly units: readonly string[];
  /** Left out when the instances are made; what joins later is not asked about. */
  readonly excluded: readonly string[];
  /** In the order in which they are deployed. */
  readonly regions: readonly string[];
  /** By `account/region`. */
  readonly instances: Map<string, StackInstance>;
}

/** An account that a StackSet reaches. */
export interface ReachedAccount {
  readonly account: string;
  readonly unit: string;
  readonly isSuspended: boolean;
}
