import type {
  AttachInternetGatewayCommandInput,
  CreateInternetGatewayCommandInput,
  CreateInternetGatewayCommandOutput,
  CreateRouteCommandInput,
  CreateRouteCommandOutput,
  DeleteRouteCommandInput,
  DescribeRouteTablesCommandInput,
  DescribeRouteTablesCommandOutput,
  RouteTable as RouteTableView,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { chooseByIds } from './choose-by-ids';
import { toCanonicalCidr } from './cidr';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { RouteTable } from './ec2-state';
import { matchesFilters } from './filters';
import { toPage } from './paging';
import { onEverything, onResource, onTagging } from './permissions';
import { readTagSpecifications, toTagList } from './tags';

export const createInternetGateway: Ec2Operation<
  CreateInternetGatewayCommandInput,
  Answer<CreateInternetGatewayCommandOutput>
> = {
  permissions: (input, context) => [
    onResource('CreateInternetGateway', 'internet-gateway', '*', context),
    ...onTagging('CreateInternetGateway', 'internet-gateway', input.TagSpecifications, context),
  ],
  handle: ({ TagSpecifications }, { state, world, account }) => {
    const internetGatewayId = world.id('igw-', 17);
    const tags = readTagSpecifications(TagSpecifications, 'internet-gateway');
    state.internetGateways.set(internetGatewayId, { internetGatewayId, tags });
    const InternetGateway = { InternetGatewayId: internetGatewayId, OwnerId: account, Attachments: [] };
    return { InternetGateway: { ...InternetGateway, Tags: toTagList(tags) } };
  },
};

export const attachInternetGateway: Ec2Operation<AttachInternetGatewayCommandInput, object> = {
  permissions: ({ InternetGatewayId = '', VpcId = '' }, context) => [
    onResource('AttachInternetGateway', 'internet-gateway', InternetGatewayId, context),
    onResource('AttachInternetGateway', 'vpc', VpcId, context),
  ],
  handle: ({ InternetGatewayId = '', VpcId = '' }, { state }) => {
    const gateway = findById(ID_KINDS.internetGateway, state.internetGateways, InternetGatewayId);
    const { vpcId } = findById(ID_KINDS.vpc, state.vpcs, VpcId);
    const isTaken = [...state.internetGateways.values()].some((other) => other.vpcId === vpcId);
    if (gateway.vpcId !== undefined || isTaken) {
      throw new AwsError(
        'Resource.AlreadyAssociated',
        `resource ${InternetGatewayId} is already attached to a network`,
      );
    }
    state.internetGateways.set(InternetGatewayId, { ...gateway, vpcId });
    return {};
  },
};

export const createRoute: Ec2Operation<CreateRouteCommandInput, Answer<CreateRouteCommandOutput>> = {
  permissions: ({ RouteTableId = '' }, context) => [onResource('CreateRoute', 'route-table', RouteTableId, context)],
  handle: ({ RouteTableId = '', DestinationCidrBlock, GatewayId }, { state }) => {
    const table = findById(ID_KINDS.routeTable, state.routeTables, RouteTableId);
    if (DestinationCidrBlock === undefined || GatewayId === undefined) {
      throw new AwsError(
        'NotInTheSandbox',
        'Routes are of IPv4, to an internet gateway; no others are in the sandbox.',
      );
    }
    const gateway = findById(ID_KINDS.internetGateway, state.internetGateways, GatewayId);
    if (gateway.vpcId !== table.vpcId) {
      throw new AwsError('InvalidParameterValue', `route table ${RouteTableId} and ${GatewayId} are in other networks`);
    }
    const destination = toCanonicalCidr(DestinationCidrBlock, 'ipv4');
    if (table.routes.some((route) => route.destination === destination)) {
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
    }
    table.routes.push({ destination, internetGatewayId: GatewayId });
    return { Return: true };
  },
};

export const deleteRoute: Ec2Operation<DeleteRouteCommandInput, object> = {
  permissions: ({ RouteTableId = '' }, context) => [onResource('DeleteRoute', 'route-table', RouteTableId, context)],
  handle: ({ RouteTableId = '', DestinationCidrBlock = '' }, { state }) => {
    const { routes } = findById(ID_KINDS.routeTable, state.routeTables, RouteTableId);
    const at = routes.findIndex(({ destination }) => destination === DestinationCidrBlock);
    if (at === -1) {
      throw new AwsError('InvalidRoute.NotFound', `no route with destination-cidr-block ${DestinationCidrBlock}`);
    }
    routes.splice(at, 1);
    return {};
  },
};

export const describeRouteTables: Ec2Operation<
  DescribeRouteTablesCommandInput,
  Answer<DescribeRouteTablesCommandOutput>
> = {
  permissions: onEverything('DescribeRouteTables'),
  handle: (input, context) => {
    const all = chooseByIds(ID_KINDS.routeTable, context.state.routeTables, input.RouteTableIds);
    const found = all.filter(({ routeTableId, vpcId }) =>
      matchesFilters(input.Filters, { 'route-table-id': [routeTableId], 'vpc-id': [vpcId] }, new Map()),
    );
    const { items, nextToken } = toPage(found, input, { least: 5, most: 100 });
    return { RouteTables: items.map((table) => toRouteTableView(table, context)), ...nextToken };
  },
};

function toRouteTableView({ routeTableId, vpcId, routes }: RouteTable, { state, account }: Ec2Context): RouteTableView {
  return {
    RouteTableId: routeTableId,
    VpcId: vpcId,
    OwnerId: account,
    Associations: [
      {
        Main: true,
        RouteTableId: routeTableId,
        RouteTableAssociationId: routeTableId.replace('rtb-', 'rtbassoc-'),
        AssociationState: { State: 'associated' },
      },
    ],
    Routes: [
      {
        DestinationCidrBlock: state.vpcs.get(vpcId)?.cidrBlock,
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      },
      ...routes.map(({ destination, internetGatewayId }) => ({
        DestinationCidrBlock: destination,
        GatewayId: internetGatewayId,
        Origin: 'CreateRoute' as const,
        State: 'active' as const,
      })),
    ],
    PropagatingVgws: [],
    Tags: [],
  };
}
