import type {
  DescribeHubResponse,
  GetFindingAggregatorRequest,
  GetFindingAggregatorResponse,
  ListFindingAggregatorsResponse,
  ListMembersResponse,
} from '@aws-sdk/client-securityhub';

import { AwsError } from '../runtime/aws-error';
import type { Operation } from '../runtime/operation';
import type { World } from '../runtime/world';
import { hubArn } from './hub-arn';
import { notFound } from './securityhub-error';

export interface OrganizationOperations {
  readonly DescribeHub: Operation<object, DescribeHubResponse>;
  readonly ListMembers: Operation<object, ListMembersResponse>;
  readonly ListFindingAggregators: Operation<object, ListFindingAggregatorsResponse>;
  readonly GetFindingAggregator: Operation<GetFindingAggregatorRequest, GetFindingAggregatorResponse>;
}

/** Who is administrator, who is member, and where findings are aggregated: fixed by the world. */
export function createOrganizationOperations(): OrganizationOperations {
  return {
    DescribeHub: {
      permissions: (_input, context) => [{ action: 'securityhub:DescribeHub', resource: hubArn(context) }],
      handle: (_input, context) => ({
        HubArn: hubArn(context),
        AutoEnableControls: true,
        ControlFindingGenerator: 'SECURITY_CONTROL',
      }),
    },
    ListMembers: {
      permissions: (_input, context) => [{ action: 'securityhub:ListMembers', resource: hubArn(context) }],
      handle: (_input, { world, account }) => {
        if (account !== world.hub.account) {
          throw new AwsError('InvalidAccessException', `Account ${account} is not an administrator account.`, 401);
        }
        // Who leaves the organization is disassociated by it.
        const members = world.accounts.filter(
          (member) => member !== account && world.organizationOf(member) !== undefined,
        );
        return {
          Members: members.map((AccountId) => ({ AccountId, AdministratorId: account, MemberStatus: 'Enabled' })),
        };
      },
    },
    ListFindingAggregators: {
      permissions: () => [{ action: 'securityhub:ListFindingAggregators', resource: '*' }],
      handle: (_input, { world, account }) => ({
        FindingAggregators: account === world.hub.account ? [{ FindingAggregatorArn: aggregatorArn(world) }] : [],
      }),
    },
    GetFindingAggregator: {
      permissions: ({ FindingAggregatorArn = '*' }) => [
        { action: 'securityhub:GetFindingAggregator', resource: FindingAggregatorArn },
      ],
      handle: ({ FindingAggregatorArn = '' }, { world, account }) => {
        if (account !== world.hub.account || FindingAggregatorArn !== aggregatorArn(world)) {
          throw notFound(`Finding aggregator ${FindingAggregatorArn} does not exist.`);
        }
        return {
          FindingAggregatorArn,
          FindingAggregationRegion: world.hub.region,
          RegionLinkingMode: 'SPECIFIED_REGIONS',
          Regions: world.regions.filter((region) => region !== world.hub.region),
        };
      },
    },
  };
}

function aggregatorArn({ partition, hub }: World): string {
  return `arn:${partition}:securityhub:${hub.region}:${hub.account}:finding-aggregator/sandbox`;
}
