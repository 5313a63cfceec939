import type { OwnField } from '../../core/configuration/mistakes/rules-that-fight';
import type { PortResult } from './port-failure';

/** Who works with a deployment, and whether this machine's clock is the service's. */
export interface CallerState {
  readonly account: string;
  readonly arn: string;
  /** How far the service's clock is ahead of this machine's; undefined where the answer does not say. */
  readonly clockAheadMillis: number | undefined;
}

/** Security Hub as the hub account sees it. */
export interface SecurityHubState {
  /** `SECURITY_CONTROL` where controls of several standards make one finding. */
  readonly controlFindingGenerator: string | undefined;
}

/** The newer Security Hub, of OCSF. */
export interface SecurityHubV2State {
  /** As AWS writes it. */
  readonly subscribedAt: string;
}

export interface AggregatorState {
  readonly aggregationRegion: string;
}

export interface FunctionState {
  readonly version: string;
  /** `Active` where it can be invoked. */
  readonly state: string;
  readonly lastUpdate: string;
}

export interface QueueState {
  readonly waiting: number;
  readonly underWay: number;
}

export interface RuleState {
  readonly name: string;
  readonly isEnabled: boolean;
}

/** An automation rule of Security Hub, whoever made it. */
export interface AutomationRuleState {
  /** Its ARN, of V2 its id. */
  readonly id: string;
  readonly name: string;
  readonly isEnabled: boolean;
  /** Of the fields that are ours on our findings, those that it writes. */
  readonly writes: readonly OwnField[];
  /** As `portcullis.yaml` has criteria; undefined where they cannot be said so. */
  readonly criteria: unknown;
}

export interface AlarmState {
  readonly name: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  readonly notifies: boolean;
}

export interface SubscriptionState {
  readonly protocol: string;
  readonly isConfirmed: boolean;
}

export interface ConnectorState {
  readonly id: string;
  readonly name: string;
  /**
   * `CONNECTED`, or why it makes no tickets:
   * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_ProviderSummary.html
   */
  readonly status: string;
}

/** What a deployment is made of, as its services show it. All of it reads, nothing changes anything. */
export interface DeploymentState {
  /** STS GetCallerIdentity. */
  fetchCaller(): PortResult<CallerState>;
  /** Security Hub DescribeHub; a failure where it is not enabled. */
  fetchSecurityHub(): PortResult<SecurityHubState>;
  /** The connectors by which Security Hub V2 makes tickets, in this Region. */
  fetchConnectors(): PortResult<readonly ConnectorState[]>;
  /** Security Hub DescribeSecurityHubV2; undefined where V2 is not enabled. */
  fetchSecurityHubV2(): PortResult<SecurityHubV2State | undefined>;
  /** Security Hub ListAutomationRules and BatchGetAutomationRules: those of the account in the Region. */
  fetchAutomationRules(): PortResult<readonly AutomationRuleState[]>;
  /** Security Hub ListAutomationRulesV2 and GetAutomationRuleV2: those of V2, whose home Region it is. */
  fetchAutomationRulesV2(): PortResult<readonly AutomationRuleState[]>;
  /** Security Hub GetFindingAggregator; undefined where findings of Regions are not brought together. */
  fetchAggregator(): PortResult<AggregatorState | undefined>;
  /** Security Hub ListMembers: ids of the accounts that are enabled; a failure where this account administers none. */
  fetchMembers(): PortResult<readonly string[]>;
  /** Security Hub BatchGetSecurityControls: those of the controls that are disabled in this account and Region. */
  fetchDisabledControls(controls: readonly string[]): PortResult<readonly string[]>;
  /** Service Quotas: the quota as it is applied, or else AWS's default; undefined where it says neither. */
  fetchQuota(service: string, code: string): PortResult<number | undefined>;
  /** Whether a custom action exists. */
  hasCustomAction(arn: string): PortResult<boolean>;
  /** Lambda GetFunctionConfiguration, by name or `name:alias`; undefined where there is none. */
  fetchFunction(name: string): PortResult<FunctionState | undefined>;
  /** SQS GetQueueAttributes; undefined where there is none of that name. */
  fetchQueue(name: string): PortResult<QueueState | undefined>;
  /** Rules of the default bus whose names begin so. */
  fetchRules(prefix: string): PortResult<readonly RuleState[]>;
  /** Alarms whose names begin so. */
  fetchAlarms(prefix: string): PortResult<readonly AlarmState[]>;
  /** Who hears what a topic publishes. */
  fetchSubscriptions(topicArn: string): PortResult<readonly SubscriptionState[]>;
  /** DynamoDB DescribeTable: its status, such as `ACTIVE`; undefined where there is none of that name. */
  fetchTable(name: string): PortResult<string | undefined>;
}
