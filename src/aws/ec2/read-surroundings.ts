import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import {
  DescribeInstancesCommand,
  DescribeNetworkAclsCommand,
  DescribeRouteTablesCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type EC2Client,
  type Filter,
  type Route,
} from '@aws-sdk/client-ec2';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SSMClient } from '@aws-sdk/client-ssm';
import type { PublicAccess, RouteSeen, Surroundings } from '../../core/context/surroundings';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import { networkAclEntrySchema } from '../../core/network/network-acl-schema';
import type { Plan } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import * as z from '../../core/zod-mini';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { lookUpTrail } from '../cloudtrail/look-up-trail';
import { fetchPages } from '../fetch-pages';
import { describeAccount } from '../organizations/describe-account';
import { fetchOnlineAgents } from '../ssm/online-agents';
import { withinTime } from '../within-time';
import { fetchInterfaces } from './fetch-interfaces';
import { toTags } from './to-tags';

/** What takes longer is not known: a closing does not wait for what it would only be nice to know. */
const SECONDS = 20;

/** One call's worth; those beyond count as instances without an agent. */
const MOST_INSTANCES = 100;

/** EC2 takes so many values a filter: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const MOST_SUBNETS = 200;

/** Clients of one member account and Region, and one of the hub. */
export interface Readers {
  readonly ec2: EC2Client;
  readonly ssm: SSMClient;
  readonly cloudTrail: CloudTrailClient;
  readonly organizations: OrganizationsClient;
}

type Read<Value> = Promise<Result<Value, string>>;

/** Reads what is around a target, all beside each other: ten calls where nothing takes a second page. */
export async function readSurroundings(
  { ec2: client, ssm, cloudTrail, organizations }: Readers,
  target: Target,
  resource: Resource,
  plan: Plan,
): Promise<Surroundings> {
  const read = <Value>(what: string, outcome: PortResult<Value>): Read<Value> => withinTime(what, SECONDS, outcome);
  const { vpcId } = resource;
  const ofVpc: Filter[] = [{ Name: 'vpc-id', Values: [vpcId ?? ''] }];
  const networkAcls = read('The network ACLs of its VPC', fetchNetworkAcls(client, ofVpc));
  const publicAccess = read('VPC Block Public Access', fetchPublicAccess(client));
  const routeTables = read('The route tables of its VPC', fetchRouteTables(client, ofVpc));
  const fronts = read('The load balancers of its VPC', fetchInterfaces(client, [...ofVpc, FRONTS]));
  const trail = read('What CloudTrail tells of it', lookUpTrail(cloudTrail, target, resource, plan));
  const account = read('Its account in Organizations', describeAccount(organizations, target.account));
  // A group says by itself what it is on; the subnets of a network ACL are known only once it is read.
  const subnetIds = target.kind === 'network-acl' ? await subnetsOf(target, networkAcls) : success([]);
  const where = subnetIds.ok ? whereOf(target, subnetIds.value) : subnetIds;
  const [interfaces, instances] = where.ok
    ? [
        read('Its network interfaces', fetchInterfaces(client, [where.value.interfaces])),
        read('Its instances', fetchInstances(client, where.value.instances)),
      ]
    : [Promise.resolve(where), Promise.resolve(where)];
  const agents = instances.then((found) =>
    found.ok ? read('Agents of Systems Manager', fetchAgents(ssm, found.value)) : found,
  );
  return {
    subnetIds: subnetIds.ok ? subnetIds.value : [],
    interfaces: await interfaces,
    instances: await instances,
    agents: await agents,
    routeTables: await routeTables,
    networkAcls: await networkAcls,
    publicAccess: await publicAccess,
    fronts: await fronts,
    trail: await trail,
    account: await account,
  };
}

/**
 * What may stand in front of a private address, by how AWS describes the interfaces that it makes:
 * https://docs.aws.amazon.com/vpc/latest/userguide/requester-managed-eni.html
 */
const FRONTS: Filter = {
  Name: 'description',
  Values: ['ELB *', '*Global Accelerator*', '*GlobalAccelerator*', '*CloudFront*'],
};

interface Where {
  readonly interfaces: Filter;
  readonly instances: Filter;
}

function whereOf({ kind, id }: Target, subnetIds: readonly string[]): Result<Where, string> {
  if (kind === 'security-group') {
    return success({
      interfaces: { Name: 'group-id', Values: [id] },
      instances: { Name: 'network-interface.group-id', Values: [id] },
    });
  }
  if (subnetIds.length > MOST_SUBNETS) return failure(`More than ${String(MOST_SUBNETS)} subnets are associated.`);
  // No filter finds what is in no subnet; a name that no subnet has does.
  const Values = subnetIds.length === 0 ? ['none'] : [...subnetIds];
  return success({
    interfaces: { Name: 'subnet-id', Values },
    instances: { Name: 'network-interface.subnet-id', Values },
  });
}

async function subnetsOf(
  { id }: Target,
  networkAcls: Read<Surroundings['networkAcls'] extends Result<infer Acls, string> ? Acls : never>,
) {
  const read = await networkAcls;
  return read.ok ? success(read.value.find((acl) => acl.id === id)?.subnetIds ?? []) : read;
}

async function fetchInstances(client: EC2Client, where: Filter): PortResult<readonly InstanceOf[]> {
  return fetchPages('not read', async (NextToken) => {
    const page = await client.send(new DescribeInstancesCommand({ Filters: [where], MaxResults: 1000, NextToken }));
    const instances = (page.Reservations ?? []).flatMap(({ Instances }) => Instances ?? []);
    const items = instances.map(({ InstanceId: id = '', State, Tags }) => ({
      id,
      state: State?.Name ?? 'unknown',
      tags: toTags(Tags),
    }));
    return { items, nextToken: page.NextToken };
  });
}

function fetchAgents(client: SSMClient, instances: readonly InstanceOf[]): PortResult<readonly string[]> {
  const running = instances.filter(({ state }) => state === 'running').map(({ id }) => id);
  return fetchOnlineAgents(client, running.slice(0, MOST_INSTANCES));
}

type InstanceOf = Extract<Surroundings['instances'], { ok: true }>['value'][number];
type RouteTableOf = Extract<Surroundings['routeTables'], { ok: true }>['value'][number];
type NetworkAclOf = Extract<Surroundings['networkAcls'], { ok: true }>['value'][number];

function fetchRouteTables(client: EC2Client, Filters: Filter[]): PortResult<readonly RouteTableOf[]> {
  return fetchPages('not read', async (NextToken) => {
    const page = await client.send(new DescribeRouteTablesCommand({ Filters, MaxResults: 100, NextToken }));
    const items = (page.RouteTables ?? []).map(({ RouteTableId: id = '', Associations = [], Routes = [] }) => ({
      id,
      isMain: Associations.some(({ Main }) => Main === true),
      subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []),
      routes: Routes.map(toRouteSeen),
    }));
    return { items, nextToken: page.NextToken };
  });
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html */
function toRouteSeen(route: Route): RouteSeen {
  const cidr = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock;
  const { GatewayId: gateway = '', NetworkInterfaceId, InstanceId } = route;
  const appliance = gateway.startsWith('vpce-') ? gateway : (NetworkInterfaceId ?? InstanceId);
  const isListed = cidr === undefined;
  const to =
    route.State === 'blackhole'
      ? 'nowhere'
      : gateway.startsWith('igw-')
        ? 'internet-gateway'
        : // The lists of gateway endpoints are those of S3 and DynamoDB.
          appliance !== undefined && !(isListed && gateway.startsWith('vpce-'))
          ? 'appliance'
          : 'elsewhere';
  return { ...(isListed ? {} : { cidr }), to, target: gateway };
}

async function fetchNetworkAcls(client: EC2Client, Filters: Filter[]): PortResult<readonly NetworkAclOf[]> {
  const acls = await fetchPages('not read', async (NextToken) => {
    const page = await client.send(new DescribeNetworkAclsCommand({ Filters, MaxResults: 1000, NextToken }));
    return { items: page.NetworkAcls ?? [], nextToken: page.NextToken };
  });
  if (!acls.ok) return acls;
  const read: NetworkAclOf[] = [];
  for (const { NetworkAclId: id = '', Associations = [], Entries = [] } of acls.value) {
    const entries = z.array(networkAclEntrySchema).safeParse(JSON.parse(JSON.stringify(Entries)));
    if (!entries.success) {
      const cause = `EC2 answered entries of ${id} that cannot be understood`;
      return failure({ code: 'unknown', retryable: false, cause });
    }
    const found: readonly NetworkAclEntry[] = entries.data;
    read.push({ id, subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []), entries: found });
  }
  return success(read);
}

/** Exclusions are asked for only where something is blocked. */
async function fetchPublicAccess(client: EC2Client): PortResult<PublicAccess> {
  const options = await attempt('not read', () => client.send(new DescribeVpcBlockPublicAccessOptionsCommand({})));
  if (!options.ok) return options;
  const { InternetGatewayBlockMode: set = 'off', State } = options.value.VpcBlockPublicAccessOptions ?? {};
  const mode = set === 'block-bidirectional' || set === 'block-ingress' ? set : 'off';
  const isChanging = State === 'update-in-progress';
  if (mode === 'off') return success({ mode, isChanging, letIn: [] });
  const exclusions = await fetchPages('not read', async (NextToken) => {
    const page = await client.send(new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, NextToken }));
    return { items: page.VpcBlockPublicAccessExclusions ?? [], nextToken: page.NextToken };
  });
  if (!exclusions.ok) return exclusions;
  const letIn = exclusions.value
    .filter(
      (exclusion) =>
        exclusion.InternetGatewayExclusionMode === 'allow-bidirectional' &&
        !/^(delete-complete|disable-complete|create-failed)$/.test(exclusion.State ?? ''),
    )
    .map(({ ResourceArn = '' }) => ResourceArn.slice(ResourceArn.lastIndexOf('/') + 1));
  return success({ mode, isChanging, letIn });
}
