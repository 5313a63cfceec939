import type {
  ConnectorProviderName,
  CreateConnectorV2Request,
  CreateConnectorV2Response,
  DeleteConnectorV2Request,
  DeleteConnectorV2Response,
  GetConnectorV2Request,
  GetConnectorV2Response,
  ListConnectorsV2Request,
  ListConnectorsV2Response,
  ProviderDetail,
} from '@aws-sdk/client-securityhub';

import type { CallContext, Operation } from '../../runtime/operation';
import { pageOf } from '../paging';
import type { ConnectorsV2, ConnectorV2 } from './connectors-v2';
import type { HubsV2 } from './hubs-v2';
import { requireHubV2 } from './require-hub-v2';

const MAX_RESULTS = 100;

export interface ConnectorV2Operations {
  readonly CreateConnectorV2: Operation<CreateConnectorV2Request, CreateConnectorV2Response>;
  readonly ListConnectorsV2: Operation<ListConnectorsV2Request, ListConnectorsV2Response>;
  readonly GetConnectorV2: Operation<GetConnectorV2Request, GetConnectorV2Response>;
  readonly DeleteConnectorV2: Operation<DeleteConnectorV2Request, DeleteConnectorV2Response>;
}

/**
 * Connectors to Jira Cloud and ServiceNow; UpdateConnectorV2 and RegisterConnectorV2, and the clouds of others, are not
 * in the sandbox. They throw ValidationException, ResourceNotFoundException, and ConflictException where V2 is not
 * switched on. https://docs.aws.amazon.com/securityhub/latest/APIReference/API_CreateConnectorV2.html
 */
export function createConnectorV2Operations(connectors: ConnectorsV2, hubs: HubsV2): ConnectorV2Operations {
  return {
    CreateConnectorV2: {
      permissions: () => [{ action: 'securityhub:CreateConnectorV2', resource: '*' }],
      handle: (input, context) => {
        requireHubV2(hubs, context);
        const { arn, id, status } = connectors.add(context.world, context, input);
        const authorize = status === 'PENDING_AUTHORIZATION' ? { AuthUrl: 'https://auth.atlassian.com/authorize' } : {};
        return { ConnectorArn: arn, ConnectorId: id, ConnectorStatus: status, ...authorize };
      },
    },
    ListConnectorsV2: {
      permissions: () => [{ action: 'securityhub:ListConnectorsV2', resource: '*' }],
      handle: ({ NextToken, MaxResults = MAX_RESULTS, ProviderName, ConnectorStatus }, context) => {
        requireHubV2(hubs, context);
        const all = connectors
          .all()
          .filter((each) => ProviderName === undefined || providerOf(each) === ProviderName)
          .filter(({ status }) => ConnectorStatus === undefined || status === ConnectorStatus);
        const { page, next } = pageOf(all, { NextToken, MaxResults });
        return {
          Connectors: page.map((each) => ({
            ...{ ConnectorArn: each.arn, ConnectorId: each.id, Name: each.written.Name, CreatedAt: each.createdAt },
            ProviderSummary: { ProviderName: providerOf(each), ConnectorStatus: each.status },
          })),
          ...next,
        };
      },
    },
    GetConnectorV2: {
      permissions: ({ ConnectorId = '' }, context) => [
        { action: 'securityhub:GetConnectorV2', resource: connectorArn(context, ConnectorId) },
      ],
      handle: ({ ConnectorId = '' }, context) => {
        requireHubV2(hubs, context);
        const { arn, id, written, createdAt, status } = connectors.get(ConnectorId);
        const { Name, Description, KmsKeyArn } = written;
        return {
          ...{ ConnectorArn: arn, ConnectorId: id, Name, Description, KmsKeyArn },
          ...{ CreatedAt: createdAt, LastUpdatedAt: createdAt },
          Health: { ConnectorStatus: status, LastCheckedAt: new Date(context.world.clock.now()) },
          ProviderDetail: detailOf(written.Provider),
        };
      },
    },
    DeleteConnectorV2: {
      permissions: ({ ConnectorId = '' }, context) => [
        { action: 'securityhub:DeleteConnectorV2', resource: connectorArn(context, ConnectorId) },
      ],
      handle: ({ ConnectorId = '' }, context) => {
        requireHubV2(hubs, context);
        connectors.remove(ConnectorId);
        return {};
      },
    },
  };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecurityhub.html */
export function connectorArn({ world, account, region }: CallContext, id: string): string {
  return `arn:${world.partition}:securityhub:${region}:${account}:connectorv2/${id}`;
}

function providerOf({ written: { Provider } }: ConnectorV2): ConnectorProviderName {
  return 'JiraCloud' in Provider ? 'JIRA_CLOUD' : 'SERVICENOW';
}

function detailOf(provider: ConnectorV2['written']['Provider']): ProviderDetail {
  if ('JiraCloud' in provider)
    return { JiraCloud: { ProjectKey: provider.JiraCloud.ProjectKey, AuthStatus: 'ACTIVE' } };
  return { ServiceNow: { ...provider.ServiceNow, AuthStatus: 'ACTIVE' } };
}
