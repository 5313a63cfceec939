import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import {
  DETECTION_SESSION,
  type Clock,
  type ControlParameters,
  type DeadLetters,
  type Hub,
  type Log,
  type MemberFindings,
  type MemberVersions,
  type Metrics,
  type NamedGroups,
  type Openers,
  type ReopeningEvents,
  type Targets,
} from '../../flow/ports';
import { clientSettings } from '../client-settings';
import { createOpeners } from '../cloudtrail/openers';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createJsonLog } from '../cloudwatch/json-log';
import { createNamedGroups } from '../ec2/named-groups';
import { createTargets } from '../ec2/targets';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createParametersOfAccount } from '../security-hub/control-parameters';
import { createHub } from '../security-hub/hub';
import { createMemberFindings } from '../security-hub/member-findings';
import { createMemberVersions } from '../ssm/member-versions';
import { createDeadLetters } from '../sqs/dead-letters';
import { createMemberAccounts } from '../sts/member-credentials';
import { systemClock } from '../system-clock';

export interface DetectorResources {
  readonly deadLetterQueueUrl: string;
  /** Name of the role in members that reads targets and imports findings. */
  readonly memberRole: string;
  readonly prefix: string;
  /** Of the member stack that goes with this hub. */
  readonly memberVersion: string;
  readonly busName: string;
  /** Whether events are counted for a dashboard. */
  readonly hasDashboard: boolean;
  /** Whether targets come that were closed, of which CloudTrail is asked who opened them again. */
  readonly isWatching: boolean;
  readonly securityHub: SecurityHubKind;
}

export interface DetectorAdapters {
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  readonly events: ReopeningEvents;
  readonly findings: MemberFindings;
  readonly groups: NamedGroups;
  readonly hub: Hub;
  readonly log: Log;
  readonly memberVersions: MemberVersions;
  readonly metrics: Metrics;
  readonly openers?: Openers;
  readonly parameters: ControlParameters;
  readonly targets: Pick<Targets, 'observe'>;
}

/** Everything that the detector speaks to; made once for each function container. */
export function createDetectorAdapters({
  deadLetterQueueUrl,
  memberRole,
  prefix,
  memberVersion,
  busName,
  hasDashboard,
  isWatching,
  securityHub,
}: DetectorResources): DetectorAdapters {
  const metrics = createEmfMetrics(systemClock);
  const accounts = createMemberAccounts(new STSClient(clientSettings), memberRole, systemClock);
  return {
    clock: systemClock,
    deadLetters: createDeadLetters(new SQSClient(clientSettings), deadLetterQueueUrl),
    events: createDomainEvents(new EventBridgeClient(clientSettings), busName, hasDashboard ? metrics : undefined),
    findings: createMemberFindings(accounts, DETECTION_SESSION),
    groups: createNamedGroups(accounts),
    hub: createHub(new SecurityHubClient(clientSettings), securityHub),
    log: createJsonLog(),
    memberVersions: createMemberVersions(accounts, { prefix, memberVersion }),
    metrics,
    ...(isWatching ? { openers: createOpeners(accounts) } : {}),
    parameters: createParametersOfAccount(accounts),
    targets: createTargets(accounts),
  };
}
