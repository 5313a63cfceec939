import type {
  AssociateRouteTableCommandInput,
  AssociateRouteTableCommandOutput,
  AttachInternetGatewayCommandInput,
  CreateEgressOnlyInternetGatewayCommandInput,
  CreateEgressOnlyInternetGatewayCommandOutput,
  CreateInternetGatewayCommandInput,
  CreateInternetGatewayCommandOutput,
  CreateRouteCommandInput,
  CreateRouteCommandOutput,
  CreateRouteTableCommandInput,
  CreateRouteTableCommandOutput,
  DeleteRouteCommandInput,
  DescribeRouteTablesCommandInput,
  DescribeRouteTablesCommandOutput,
  DetachInternetGatewayCommandInput,
  Route as RouteView,
  RouteTable as RouteTableView,
} from '@aws-sdk/client-ec2';
import { AwsError } from '../runtime/aws-error';
import { chooseByIds } from './choose-by-ids';
import { toCanonicalCidr } from './cidr';
import { findById, ID_KINDS } from './ec2-ids';
import type { Answer, Ec2Context, Ec2Operation } from './ec2-operation';
import type { Route, RouteTable } from './ec2-state';
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

/** What is routed to it is a black hole from then on. */
export const detachInternetGateway: Ec2Operation<DetachInternetGatewayCommandInput, object> = {
  permissions: ({ InternetGatewayId = '', VpcId = '' }, context) => [
    onResource('DetachInternetGateway', 'internet-gateway', InternetGatewayId, context),
    onResource('DetachInternetGateway', 'vpc', VpcId, context),
  ],
  handle: ({ InternetGatewayId = '', VpcId = '' }, { state }) => {
    const gateway = findById(ID_KINDS.internetGateway, state.internetGateways, InternetGatewayId);
    if (gateway.vpcId !== VpcId) {
      throw new AwsError('Gateway.NotAttached', `resource ${InternetGatewayId} is not attached to network ${VpcId}`);
    }
    const { vpcId: _, ...detached } = gateway;
    state.internetGateways.set(InternetGatewayId, detached);
    return {};
  },
};

export const createEgressOnlyGateway: Ec2Operation<
  CreateEgressOnlyInternetGatewayCommandInput,
  Answer<CreateEgressOnlyInternetGatewayCommandOutput>
> = {
  permissions: ({ VpcId = '' }, context) => [
    onResource('CreateEgressOnlyInternetGateway', 'egress-only-internet-gateway', '*', context),
    onResource('CreateEgressOnlyInternetGateway', 'vpc', VpcId, context),
  ],
  handle: ({ VpcId = '' }, { state, world }) => {
    const { vpcId } = findById(ID_KINDS.vpc, state.vpcs, VpcId);
    const gatewayId = world.id('eigw-', 17);
    state.egressOnlyGateways.set(gatewayId, { gatewayId, vpcId });
    const Attachments = [{ State: 'attached' as const, VpcId: vpcId }];
    return { EgressOnlyInternetGateway: { EgressOnlyInternetGatewayId: gatewayId, Attachments } };
  },
};

export const createRouteTable: Ec2Operation<CreateRouteTableCommandInput, Answer<CreateRouteTableCommandOutput>> = {
  permissions: ({ VpcId = '' }, context) => [
    onResource('CreateRouteTable', 'route-table', '*', context),
    onResource('CreateRouteTable', 'vpc', VpcId, context),
  ],
  handle: ({ VpcId = '' }, context) => {
    const { vpcId } = findById(ID_KINDS.vpc, context.state.vpcs, VpcId);
    const routeTableId = context.world.id('rtb-', 17);
    const table: RouteTable = { routeTableId, vpcId, isMain: false, subnetIds: [], routes: [] };
    context.state.routeTables.set(routeTableId, table);
    return { RouteTable: toRouteTableView(table, context) };
  },
};

export const associateRouteTable: Ec2Operation<
  AssociateRouteTableCommandInput,
  Answer<AssociateRouteTableCommandOutput>
> = {
  permissions: ({ RouteTableId = '', SubnetId = '' }, context) => [
    onResource('AssociateRouteTable', 'route-table', RouteTableId, context),
    onResource('AssociateRouteTable', 'subnet', SubnetId, context),
  ],
  handle: ({ RouteTableId = '', SubnetId = '' }, { state }) => {
    const table = findById(ID_KINDS.routeTable, state.routeTables, RouteTableId);
    const { subnetId, vpcId } = findById(ID_KINDS.subnet, state.subnets, SubnetId);
    if (vpcId !== table.vpcId) {
      throw new AwsError('InvalidParameterValue', `route table ${RouteTableId} and ${SubnetId} are in other networks`);
    }
    if ([...state.routeTables.values()].some(({ subnetIds }) => subnetIds.includes(subnetId))) {
      throw new AwsError('Resource.AlreadyAssociated', `the specified association for ${SubnetId} already exists`);
    }
    table.subnetIds.push(subnetId);
    return { AssociationId: associationIdOf(subnetId), AssociationState: { State: 'associated' } };
  },
};

export const createRoute: Ec2Operation<CreateRouteCommandInput, Answer<CreateRouteCommandOutput>> = {
  permissions: ({ RouteTableId = '' }, context) => [onResource('CreateRoute', 'route-table', RouteTableId, context)],
  handle: (input, { state }) => {
    const { RouteTableId = '', DestinationCidrBlock, DestinationIpv6CidrBlock } = input;
    const { GatewayId, EgressOnlyInternetGatewayId } = input;
    const table = findById(ID_KINDS.routeTable, state.routeTables, RouteTableId);
    const destination = toDestination(DestinationCidrBlock, DestinationIpv6CidrBlock);
    const gatewayId = GatewayId ?? EgressOnlyInternetGatewayId;
    if (destination === undefined || gatewayId === undefined) {
      throw new AwsError('NotInTheSandbox', 'Routes go to internet gateways and egress-only ones; no others are here.');
    }
    const { vpcId } = GatewayId
      ? findById(ID_KINDS.internetGateway, state.internetGateways, GatewayId)
      : findById(ID_KINDS.egressOnlyGateway, state.egressOnlyGateways, gatewayId);
    if (EgressOnlyInternetGatewayId !== undefined && DestinationIpv6CidrBlock === undefined) {
      throw new AwsError('InvalidParameterValue', `${EgressOnlyInternetGatewayId} takes IPv6 only`);
    }
    if (vpcId !== table.vpcId) {
      throw new AwsError('InvalidParameterValue', `route table ${RouteTableId} and ${gatewayId} are in other networks`);
    }
    if (table.routes.some((route) => route.destination === destination)) {
      throw new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);
    }
    table.routes.push({ destination, gatewayId });
    return { Return: true };
  },
};

function toDestination(ipv4: string | undefined, ipv6: string | undefined): string | undefined {
  if (ipv4 !== undefined) return toCanonicalCidr(ipv4, 'ipv4');
  return ipv6 === undefined ? undefined : toCanonicalCidr(ipv6, 'ipv6');
}

export const deleteRoute: Ec2Operation<DeleteRouteCommandInput, object> = {
  permissions: ({ RouteTableId = '' }, context) => [onResource('DeleteRoute', 'route-table', RouteTableId, context)],
  handle: ({ RouteTableId = '', DestinationCidrBlock, DestinationIpv6CidrBlock }, { state }) => {
    const wanted = DestinationCidrBlock ?? DestinationIpv6CidrBlock ?? '';
    const { routes } = findById(ID_KINDS.routeTable, state.routeTables, RouteTableId);
    const at = routes.findIndex(({ destination }) => destination === wanted);
    if (at === -1) throw new AwsError('InvalidRoute.NotFound', `no route with destination-cidr-block ${wanted}`);
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

function toRouteTableView(table: RouteTable, { state, account }: Ec2Context): RouteTableView {
  const { routeTableId, vpcId, isMain, subnetIds, routes } = table;
  const association = { RouteTableId: routeTableId, AssociationState: { State: 'associated' as const } };
  return {
    RouteTableId: routeTableId,
    VpcId: vpcId,
    OwnerId: account,
    Associations: [
      ...(isMain
        ? [{ ...association, Main: true, RouteTableAssociationId: routeTableId.replace('rtb-', 'rtbassoc-') }]
        : []),
      ...subnetIds.map((SubnetId) => ({
        ...association,
        Main: false,
        SubnetId,
        RouteTableAssociationId: associationIdOf(SubnetId),
      })),
    ],
    Routes: [
      {
        DestinationCidrBlock: state.vpcs.get(vpcId)?.cidrBlock,
        GatewayId: 'local',
        Origin: 'CreateRouteTable',
        State: 'active',
      },
      ...routes.map((route) => toRouteView(route, table, state)),
    ],
    PropagatingVgws: [],
    Tags: [],
  };
}

function toRouteView({ destination, gatewayId }: Route, { vpcId }: RouteTable, state: Ec2Context['state']): RouteView {
  const isThere =
    state.internetGateways.get(gatewayId)?.vpcId === vpcId || state.egressOnlyGateways.get(gatewayId)?.vpcId === vpcId;
  return {
    ...(destination.includes(':') ? { DestinationIpv6CidrBlock: destination } : { DestinationCidrBlock: destination }),
    ...(gatewayId.startsWith('eigw-') ? { EgressOnlyInternetGatewayId: gatewayId } : { GatewayId: gatewayId }),
    Origin: 'CreateRoute',
    State: isThere ? 'active' : 'blackhole',
  };
}

/** A subnet has one association at most. */
function associationIdOf(subnetId: string): string {
  return subnetId.replace('subnet-', 'rtbassoc-');
}
