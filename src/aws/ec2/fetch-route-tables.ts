import { DescribeRouteTablesCommand, type EC2Client, type Filter, type Route } from '@aws-sdk/client-ec2';
import type { RouteSeen, RouteTableSeen } from '../../core/context/surroundings';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** Main tables, and those that subnets are associated with. */
export function fetchRouteTables(client: EC2Client, Filters: Filter[]): PortResult<readonly RouteTableSeen[]> {
  return fetchPages('ec2:DescribeRouteTables', async (NextToken) => {
    const page = await client.send(new DescribeRouteTablesCommand({ Filters, MaxResults: 100, NextToken }));
    const items = page.RouteTables?.map(
      ({ RouteTableId: id = '', VpcId: vpcId = '', OwnerId: owner = '', Associations = [], Routes = [] }) => ({
        id,
        vpcId,
        owner,
        isMain: Associations.some(({ Main }) => Main === true),
        subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
        routes: Routes.map(toRouteSeen),
      }),
    );
    return { items, nextToken: page.NextToken };
  });
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function toRouteSeen(route: Route): RouteSeen {
  const cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
  const { GatewayId: gateway = '', NetworkInterfaceId, InstanceId } = route;
  const appliance = gateway.startsWith('vpce-') ? gateway : (NetworkInterfaceId ?? InstanceId);
  const otherVpc = route.VpcPeeringConnectionId ?? route.TransitGatewayId ?? route.CoreNetworkArn;
  const isListed = cidr === undefined;
  const to =
    route.State === 'blackhole'
      ? 'nowhere'
      : gateway.startsWith('igw-')
        ? 'internet-gateway'
        : // The lists of gateway endpoints are those of S3 and DynamoDB.
          appliance !== undefined && !(isListed && gateway.startsWith('vpce-'))
          ? 'appliance'
          : otherVpc !== undefined
            ? 'other-vpc'
            : 'elsewhere';
  return { ...(isListed ? {} : { cidr }), to, target: otherVpc ?? gateway };
}
