import type { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import type { Filter } from '@aws-sdk/client-ec2';
import type { OrganizationsClient } from '@aws-sdk/client-organizations';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { blockedBy } from '../../core/context/blocked-traffic';
import { balancersToRead } from '../../core/context/to-reachable';
import type {
  InstanceSeen,
  Interfaces,
  NetworkAclSeen,
  Surroundings,
  VpcAssociation,
} from '../../core/context/surroundings';
import type { Plan } from '../../core/planning/plan';
import type { Resource } from '../../core/resource';
import { failure, success, type Result } from '../../core/result';
import type { Target } from '../../core/target';
import type { PortResult } from '../../flow/ports';
import { lookUpTrail } from '../cloudtrail/look-up-trail';
import { readBalancers, type BalancerReaders } from '../elb/read-balancers';
import { placeAccount } from '../organizations/place-account';
import type { UnitExists } from '../organizations/unit-exists';
import { fetchOnlineAgents } from '../ssm/online-agents';
import { startTimeBudget } from '../within-time';
import { fetchInstances } from './fetch-instances';
import { fetchInterfaces } from './fetch-interfaces';
import { fetchNetworkAcls } from './fetch-network-acls';
import { fetchPublicAccess } from './fetch-public-access';
import { fetchRouteTables } from './fetch-route-tables';
import { fetchVpcAssociations } from './fetch-vpc-associations';

/** One call's worth; those beyond count as instances without an agent. */
const MOST_INSTANCES = 100;

/** EC2 takes so many values a filter: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const MOST_VALUES = 200;

/** Clients of one member account and Region, and one of the hub. */
export interface Readers extends BalancerReaders {
  readonly ssm: SSMClient;
  readonly cloudTrail: CloudTrailClient;
  readonly organizations: OrganizationsClient;
  readonly unitExists: UnitExists;
}

export interface ReadLimits {
  /** That the policy keeps from being closed by itself: whether they exist. */
  readonly units: readonly string[];
  /** What takes longer is not known: a closing does not wait for what it would only be nice to know. */
  readonly readingSeconds: number;
}

type Read<Value> = Promise<Result<Value, string>>;

/**
 * Reads what is around a target, all that does not build on another beside each other, and all within one time: eleven
 * calls where nothing takes a second page. Load balancers take more, and are asked only where the answer to whether the
 * internet reaches it hangs on them.
 */
export async function readSurroundings(
  readers: Readers,
  target: Target,
  resource: Resource,
  plan: Plan,
  { units, readingSeconds }: ReadLimits,
): Promise<Surroundings> {
  const { ec2: client, ssm, cloudTrail, organizations, unitExists } = readers;
  const budget = startTimeBudget(readingSeconds);
  const read = <Value>(what: string, outcome: PortResult<Value>): Read<Value> => budget.read(what, outcome);
  const publicAccess = read('VPC Block Public Access', fetchPublicAccess(client));
  const trail = read('What CloudTrail has of it', lookUpTrail(cloudTrail, target, resource, plan));
  const account = read('Its account in Organizations', placeAccount(organizations, target.account, units, unitExists));
  const attachments = (where: Result<Where, string>) =>
    where.ok
      ? {
          interfaces: read('Its network interfaces', fetchInterfaces(client, [where.value.interfaces])),
          instances: read('Its instances', fetchInstances(client, where.value.instances)),
        }
      : { interfaces: Promise.resolve(where), instances: Promise.resolve(where) };
  const group = target.kind === 'security-group';
  // A group says by itself what it is on, and that says in which VPCs; the subnets of a network ACL, which are in one
  // VPC, are known only once it is read.
  const ofGroup = group ? attachments(success(whereOfGroup(target))) : undefined;
  const associations = group
    ? read('The VPCs that it is associated with', fetchVpcAssociations(client, target))
    : Promise.resolve(success([]));
  const vpcIds = new Set([resource.vpcId ?? '', ...(await vpcsOf(ofGroup?.interfaces, associations))]);
  const inVpcs: Filter[] = [{ Name: 'vpc-id', Values: [...vpcIds].slice(0, MOST_VALUES) }];
  const networkAcls = read('The network ACLs of its VPC', fetchNetworkAcls(client, inVpcs));
  const routeTables = read('The route tables of its VPC', fetchRouteTables(client, inVpcs));
  const fronts = read('The load balancers of its VPC', fetchInterfaces(client, [...inVpcs, FRONTS]));
  const subnetIds = group ? success([]) : await subnetsOf(target, networkAcls);
  const { interfaces, instances } = ofGroup ?? attachments(subnetIds.ok ? whereOfSubnets(subnetIds.value) : subnetIds);
  const agents = instances.then((found) =>
    found.ok ? read('Agents of Systems Manager', fetchAgents(ssm, found.value)) : found,
  );
  const network = async () => ({
    interfaces: await interfaces,
    associations: await associations,
    routeTables: await routeTables,
    networkAcls: await networkAcls,
    publicAccess: await publicAccess,
    fronts: await fronts,
  });
  const balancers = network().then((around) => {
    const nodes = balancersToRead(target, blockedBy(plan, resource), around);
    if (nodes === undefined || !around.interfaces.ok) return success([]);
    return read('What its load balancers send', readBalancers(readers, around.interfaces.value.seen, nodes));
  });
  const around = {
    ...(await network()),
    subnetIds: subnetIds.ok ? subnetIds.value : [],
    balancers: await balancers,
    instances: await instances,
    agents: await agents,
    trail: await trail,
    account: await account,
  };
  budget.end();
  return around;
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

function whereOfGroup({ id }: Target): Where {
  return {
    interfaces: { Name: 'group-id', Values: [id] },
    instances: { Name: 'network-interface.group-id', Values: [id] },
  };
}

function whereOfSubnets(subnetIds: readonly string[]): Result<Where, string> {
  if (subnetIds.length > MOST_VALUES) return failure(`More than ${String(MOST_VALUES)} subnets are associated.`);
  // No filter finds what is in no subnet; a name that no subnet has does.
  const Values = subnetIds.length === 0 ? ['none'] : [...subnetIds];
  return success({
    interfaces: { Name: 'subnet-id', Values },
    instances: { Name: 'network-interface.subnet-id', Values },
  });
}

/** What could not be read names no VPC, and what is in there is then not shown. */
async function vpcsOf(
  interfaces: Read<Interfaces> | undefined,
  associations: Read<readonly VpcAssociation[]>,
): Promise<readonly string[]> {
  const [seen, associated] = [await interfaces, await associations];
  return [...(seen?.ok === true ? seen.value.seen : []), ...(associated.ok ? associated.value : [])].map(
    ({ vpcId }) => vpcId,
  );
}

async function subnetsOf({ id }: Target, networkAcls: Read<readonly NetworkAclSeen[]>) {
  const read = await networkAcls;
  return read.ok ? success(read.value.find((acl) => acl.id === id)?.subnetIds ?? []) : read;
}

function fetchAgents(client: SSMClient, instances: readonly InstanceSeen[]): PortResult<readonly string[]> {
  const running = instances.filter(({ state }) => state === 'running').map(({ id }) => id);
  return fetchOnlineAgents(client, running.slice(0, MOST_INSTANCES));
}
