import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  BatchGetSecurityControlsCommand,
  DescribeHubCommand,
  DescribeSecurityHubV2Command,
  GetFindingAggregatorCommand,
  ListConnectorsV2Command,
  ListFindingAggregatorsCommand,
  ListMembersCommand,
  SecurityHubClient,
  type ConnectorSummary,
} from '@aws-sdk/client-securityhub';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { success, type Result } from '../../core/result';
import type { ConnectorState, DeploymentState, PortFailure, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { clientSettings } from '../client-settings';
import { fetchRules } from '../event-bridge/fetch-rules';
import { fetchPages } from '../fetch-pages';
import { fetchAutomationRules, fetchAutomationRulesV2 } from '../security-hub/fetch-automation-rules';
import { createCustomActions } from '../security-hub/custom-actions';
import { fetchQuota } from '../service-quotas/fetch-quota';
import { fetchCallerState } from '../sts/caller-state';

/** Reads what a deployment is made of, with the caller's own credentials in the hub account. */
export function createDeploymentState(region: string): DeploymentState {
  const settings = { ...clientSettings, region };
  const securityHub = new SecurityHubClient(settings);
  const events = new EventBridgeClient(settings);
  const quotas = new ServiceQuotasClient(settings);
  return {
    fetchCaller: () => fetchCallerState(settings),
    ...securityHubState(securityHub),
    ...functionState(new LambdaClient(settings)),
    ...queueState(new SQSClient(settings)),
    fetchRules: (namePrefix) => fetchRules(events, namePrefix),
    fetchQuota: (service, code) => fetchQuota(quotas, service, code),
    ...alarmState(new CloudWatchClient(settings), new SNSClient(settings)),
    ...tableState(new DynamoDBClient(settings)),
  };
}

function securityHubState(
  client: SecurityHubClient,
): Pick<
  DeploymentState,
  | 'fetchAggregator'
  | 'fetchDisabledControls'
  | 'fetchAutomationRules'
  | 'fetchAutomationRulesV2'
  | 'fetchMembers'
  | 'fetchSecurityHub'
  | 'fetchConnectors'
  | 'fetchSecurityHubV2'
  | 'hasCustomAction'
> {
  const actions = createCustomActions(client);
  return {
    async fetchSecurityHub() {
      const hub = await attempt('Security Hub cannot be read', () => client.send(new DescribeHubCommand({})));
      return hub.ok ? success({ controlFindingGenerator: hub.value.ControlFindingGenerator }) : hub;
    },
    async fetchSecurityHubV2() {
      const hub = await attempt('Security Hub V2 cannot be read', () =>
        client.send(new DescribeSecurityHubV2Command({})),
      );
      return hub.ok ? success({ subscribedAt: hub.value.SubscribedAt ?? 'an unknown time' }) : orAbsent(hub);
    },
    fetchConnectors: () =>
      fetchPages('The connectors of Security Hub V2 cannot be read', async (NextToken) => {
        const page = await client.send(new ListConnectorsV2Command({ NextToken }));
        return { items: (page.Connectors ?? []).map(toConnector), nextToken: page.NextToken };
      }),
    fetchAutomationRules: () => fetchAutomationRules(client),
    fetchAutomationRulesV2: () => fetchAutomationRulesV2(client),
    async fetchAggregator() {
      const doing = 'The aggregation of findings cannot be read';
      const listed = await attempt(doing, () => client.send(new ListFindingAggregatorsCommand({})));
      if (!listed.ok) return listed;
      const FindingAggregatorArn = listed.value.FindingAggregators?.[0]?.FindingAggregatorArn;
      if (FindingAggregatorArn === undefined) return success(undefined);
      const read = await attempt(doing, () => client.send(new GetFindingAggregatorCommand({ FindingAggregatorArn })));
      return read.ok ? success({ aggregationRegion: read.value.FindingAggregationRegion ?? 'none' }) : read;
    },
    async fetchMembers() {
      const members = await fetchPages('The members of Security Hub cannot be read', async (NextToken) => {
        const page = await client.send(new ListMembersCommand({ OnlyAssociated: true, NextToken }));
        return { items: page.Members ?? [], nextToken: page.NextToken };
      });
      return members.ok ? success(members.value.flatMap(({ AccountId }) => AccountId ?? [])) : members;
    },
    async fetchDisabledControls(controls) {
      const read = await attempt('The controls of Security Hub cannot be read', () =>
        client.send(new BatchGetSecurityControlsCommand({ SecurityControlIds: [...controls] })),
      );
      if (!read.ok) return read;
      const disabled = (read.value.SecurityControls ?? []).filter((one) => one.SecurityControlStatus !== 'ENABLED');
      return success(disabled.flatMap(({ SecurityControlId }) => SecurityControlId ?? []));
    },
    async hasCustomAction(arn) {
      const found = await actions.find(arn);
      return found.ok ? success(found.value !== undefined) : found;
    },
  };
}

function toConnector({ ConnectorId = '', Name = '', ProviderSummary }: ConnectorSummary): ConnectorState {
  return { id: ConnectorId, name: Name, status: ProviderSummary?.ConnectorStatus ?? 'UNKNOWN' };
}

function functionState(client: LambdaClient): Pick<DeploymentState, 'fetchFunction'> {
  return {
    async fetchFunction(FunctionName) {
      const read = await attempt(`Function ${FunctionName} cannot be read`, () =>
        client.send(new GetFunctionConfigurationCommand({ FunctionName })),
      );
      if (!read.ok) return orAbsent(read);
      const { Version = '$LATEST', State = 'unknown', LastUpdateStatus = 'unknown' } = read.value;
      return success({ version: Version, state: State, lastUpdate: LastUpdateStatus });
    },
  };
}

function queueState(client: SQSClient): Pick<DeploymentState, 'fetchQueue'> {
  return {
    async fetchQueue(QueueName) {
      const doing = `Queue ${QueueName} cannot be read`;
      const url = await attempt(doing, () => client.send(new GetQueueUrlCommand({ QueueName })));
      if (!url.ok) return orAbsent(url);
      const { QueueUrl } = url.value;
      const read = await attempt(doing, () =>
        client.send(
          new GetQueueAttributesCommand({
            QueueUrl,
            AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
          }),
        ),
      );
      if (!read.ok) return orAbsent(read);
      const { ApproximateNumberOfMessages: waiting = '0', ApproximateNumberOfMessagesNotVisible: underWay = '0' } =
        read.value.Attributes ?? {};
      return success({ waiting: Number(waiting), underWay: Number(underWay) });
    },
  };
}

function alarmState(
  cloudWatch: CloudWatchClient,
  sns: SNSClient,
): Pick<DeploymentState, 'fetchAlarms' | 'fetchSubscriptions'> {
  return {
    async fetchAlarms(AlarmNamePrefix) {
      const alarms = await fetchPages('The alarms of CloudWatch cannot be read', async (NextToken) => {
        const page = await cloudWatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix, NextToken }));
        return { items: page.MetricAlarms ?? [], nextToken: page.NextToken };
      });
      if (!alarms.ok) return alarms;
      return success(
        alarms.value.map(({ AlarmName = '', StateValue = 'INSUFFICIENT_DATA', ActionsEnabled, AlarmActions = [] }) => ({
          name: AlarmName,
          state: StateValue,
          notifies: ActionsEnabled !== false && AlarmActions.length > 0,
        })),
      );
    },
    async fetchSubscriptions(TopicArn) {
      const listed = await fetchPages(`Who hears topic ${TopicArn} cannot be read`, async (NextToken) => {
        const page = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
        return { items: page.Subscriptions ?? [], nextToken: page.NextToken };
      });
      if (!listed.ok) return listed;
      // https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html: no ARN before it is confirmed.
      return success(
        listed.value.map(({ Protocol = '', SubscriptionArn = '' }) => ({
          protocol: Protocol,
          isConfirmed: SubscriptionArn.startsWith('arn:'),
        })),
      );
    },
  };
}

function tableState(client: DynamoDBClient): Pick<DeploymentState, 'fetchTable'> {
  return {
    async fetchTable(TableName) {
      const read = await attempt(`Table ${TableName} cannot be read`, () =>
        client.send(new DescribeTableCommand({ TableName })),
      );
      return read.ok ? success(read.value.Table?.TableStatus ?? 'unknown') : orAbsent(read);
    },
  };
}

/** What does not exist is an answer, other than what cannot be read. */
async function orAbsent(failed: Extract<Result<never, PortFailure>, { ok: false }>): PortResult<undefined> {
  return Promise.resolve(failed.error.code === 'not-found' ? success(undefined) : failed);
}
