import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Sha256 } from '../../core/certificate/seal-certificate';
import { toDeploymentNames } from '../../core/configuration/names/deployment-names';
import type { PolicyMark } from '../../core/policy/policy-mark';
import type { SecurityHubKind } from '../../core/security-hub-kind';
import type {
  Brake,
  BrakeEvents,
  Clock,
  ControlParameters,
  DomainEvents,
  FlowLogs,
  Hub,
  Identifiers,
  Isolables,
  Ledger,
  LivePolicy,
  MemberVersions,
  Metrics,
  Questions,
  Runbooks,
  Schedules,
  SharedReads,
  Targets,
  Watches,
} from '../../flow/ports';
import { clientSettings, rateLimitedCalls } from '../client-settings';
import { createDomainEvents } from '../event-bridge/domain-events';
import { createEmfMetrics } from '../cloudwatch/emf-metrics';
import { createFlowLogs } from '../flow-logs/flow-logs';
import { createParametersOfAccount } from '../security-hub/control-parameters';
import { createHub } from '../security-hub/hub';
import { createIdentifiers } from '../identifiers';
import { createLedgerBrake } from '../ledger/ledger-brake';
import { createLedgerQuestions } from '../ledger/ledger-questions';
import { createSchedules, type ScheduleResources } from '../scheduler/schedules';
import { createLedgerSharedReads } from '../ledger/ledger-shared-reads';
import { createLedger } from '../ledger/ledger';
import { createMemberAccounts } from '../sts/member-credentials';
import { createLivePolicy } from '../ssm/live-policy';
import { createMemberVersions } from '../ssm/member-versions';
import { createRunbooks } from '../ssm/runbooks';
import { sha256 } from '../sha-256';
import { systemClock } from '../system-clock';
import { createSurroundingsReader } from '../ec2/surroundings-reader';
import { createIsolables } from '../ec2/observe-isolable';
import { createTargets } from '../ec2/targets';

export interface OrchestratorResources {
  readonly prefix: string;
  readonly ledgerTable: string;
  readonly securityHub: SecurityHubKind;
  readonly busName: string;
  readonly memberRole: string;
  readonly runbookRole: string;
  /** Of the member stack that goes with this hub. */
  readonly memberVersion: string;
  /** Whether events are counted for a dashboard. */
  readonly hasDashboard: boolean;
  readonly schedules: ScheduleResources;
  /** That the policy keeps from being closed by itself. */
  readonly units: readonly string[];
  /** For all that is read around a target, and for each read of flow logs. */
  readonly readingSeconds: number;
  /** Of the policy that is bundled. */
  readonly policyMark: PolicyMark;
  /** Missing where nothing is re-checked by schedule. */
  readonly watch?: { readonly queueArn: string; readonly seconds: readonly number[] };
}

export interface OrchestratorAdapters {
  readonly brake: Omit<Brake, 'release'>;
  readonly clock: Clock;
  readonly events: DomainEvents & BrakeEvents;
  readonly flowLogs: FlowLogs;
  readonly hub: Hub;
  readonly identifiers: Identifiers;
  readonly isolables: Isolables;
  readonly ledger: Ledger;
  readonly livePolicy: LivePolicy;
  readonly memberVersions: MemberVersions;
  readonly metrics: Metrics;
  readonly parameters: ControlParameters;
  readonly questions: Questions;
  readonly runbooks: Runbooks;
  readonly schedules: Pick<Schedules, 'scheduleOnce'>;
  readonly sharedReads: SharedReads;
  readonly sha256: Sha256;
  readonly targets: Targets;
  readonly watches?: Watches;
}

/** Everything that the orchestrator speaks to but its own execution; made once for each function container. */
export function createOrchestratorAdapters(resources: OrchestratorResources): OrchestratorAdapters {
  const accounts = createMemberAccounts(new STSClient(clientSettings), resources.memberRole, systemClock);
  const dynamoDb = new DynamoDBClient(clientSettings);
  const scheduler = new SchedulerClient(clientSettings);
  const { watch, hasDashboard } = resources;
  const metrics = createEmfMetrics(systemClock);
  const memberVersions = createMemberVersions(accounts, resources);
  return {
    brake: createLedgerBrake(dynamoDb, resources.ledgerTable),
    clock: systemClock,
    events: createDomainEvents(
      new EventBridgeClient(clientSettings),
      resources.busName,
      hasDashboard ? metrics : undefined,
    ),
    flowLogs: createFlowLogs(accounts, resources.readingSeconds),
    hub: createHub(new SecurityHubClient({ ...clientSettings, ...rateLimitedCalls }), resources.securityHub),
    identifiers: createIdentifiers(resources.prefix),
    ledger: createLedger(dynamoDb, resources.ledgerTable),
    livePolicy: createLivePolicy(new SSMClient(clientSettings), {
      parameter: toDeploymentNames(resources.prefix).policyParameter,
      own: resources.policyMark,
    }),
    metrics,
    parameters: createParametersOfAccount(accounts),
    questions: createLedgerQuestions(dynamoDb, resources.ledgerTable),
    sharedReads: createLedgerSharedReads(dynamoDb, resources.ledgerTable),
    schedules: createSchedules(scheduler, resources.schedules, systemClock),
    memberVersions,
    runbooks: createRunbooks(accounts, resources, memberVersions),
    sha256,
    isolables: createIsolables(accounts),
    ...(watch === undefined
      ? {}
      : {
          watches: {
            seconds: watch.seconds,
            ...createSchedules(scheduler, { ...resources.schedules, queueArn: watch.queueArn }, systemClock),
          },
        }),
    targets: {
      ...createTargets(accounts, memberVersions),
      readSurroundings: createSurroundingsReader(accounts, resources),
    },
  };
}
