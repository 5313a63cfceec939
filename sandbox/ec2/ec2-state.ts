import type { NetworkAcl } from './network-acl';
import type { ManagedPrefixList } from './prefix-list';
import type { SecurityGroup } from './security-group';
import type { Tags } from './tags';

export interface Vpc {
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  readonly tags: Tags;
}

export interface Subnet {
  readonly subnetId: string;
  readonly vpcId: string;
  readonly cidrBlock: string;
  readonly tags: Tags;
}

export interface NetworkInterface {
  readonly networkInterfaceId: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly privateIpAddress: string;
  readonly description: string;
  readonly groupIds: string[];
  readonly tags: Tags;
  readonly publicIp?: string;
  readonly ipv6Addresses?: readonly string[];
  /** Of the instance that it is attached to. */
  readonly instanceId?: string;
  readonly attachedMillis?: number;
}

export interface Instance {
  readonly instanceId: string;
  readonly imageId: string;
  readonly instanceType: string;
  readonly networkInterfaceId: string;
  readonly launchedMillis: number;
  readonly tags: Tags;
}

/** Subnets that are associated with no other have the main one of their VPC. */
export interface RouteTable {
  readonly routeTableId: string;
  readonly vpcId: string;
  readonly isMain: boolean;
  readonly subnetIds: string[];
  readonly routes: Route[];
}

export interface Route {
  readonly destination: string;
  /** `igw-…` or `eigw-…`; where it is not there any more, or detached, the route is a black hole. */
  readonly gatewayId: string;
}

/** Lets IPv6 out, and nothing in that did not go out before. */
export interface EgressOnlyGateway {
  readonly gatewayId: string;
  readonly vpcId: string;
}

/** An Elastic IP. */
export interface Address {
  readonly allocationId: string;
  readonly publicIp: string;
}

/** A VPC or subnet that VPC Block Public Access leaves alone. */
export interface PublicAccessExclusion {
  readonly exclusionId: string;
  /** `vpc-…` or `subnet-…`. */
  readonly resourceId: string;
  readonly mode: 'allow-bidirectional' | 'allow-egress';
}

export interface InternetGateway {
  readonly internetGatewayId: string;
  readonly tags: Tags;
  readonly vpcId?: string;
}

export interface FlowLog {
  readonly flowLogId: string;
  readonly resourceId: string;
  readonly trafficType: string;
  readonly destination: string;
  readonly logGroup?: string;
  readonly logDestination?: string;
  readonly crossAccountRole?: string;
  readonly format: string;
  readonly createdMillis: number;
  readonly tags: Tags;
}

/** What EC2 holds in one account and Region, each by its id. */
export interface Ec2State {
  readonly quotas: Ec2Quotas;
  readonly answers: Ec2Answers;
  readonly vpcs: Map<string, Vpc>;
  readonly subnets: Map<string, Subnet>;
  readonly groups: Map<string, SecurityGroup>;
  /** Ids of other VPCs that a group is associated with, by the group's id. */
  readonly vpcAssociations: Map<string, Set<string>>;
  readonly networkInterfaces: Map<string, NetworkInterface>;
  readonly prefixLists: Map<string, ManagedPrefixList>;
  readonly networkAcls: Map<string, NetworkAcl>;
  readonly instances: Map<string, Instance>;
  readonly routeTables: Map<string, RouteTable>;
  readonly internetGateways: Map<string, InternetGateway>;
  readonly egressOnlyGateways: Map<string, EgressOnlyGateway>;
  readonly addresses: Map<string, Address>;
  readonly publicAccessExclusions: Map<string, PublicAccessExclusion>;
  readonly flowLogs: Map<string, FlowLog>;
  /** VPC Block Public Access, which is off at first. */
  readonly publicAccess: { mode: 'off' | 'block-bidirectional' | 'block-ingress' };
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
export interface Ec2Quotas {
  /** By group, direction and address family. */
  readonly rulesPerGroup: number;
  /** By direction and address family, the entry that denies the rest included; 40 at most. */
  readonly entriesPerNetworkAcl: number;
  /** No page says any more that it counts the families apart: whoever relies on that is tried with this. */
  readonly countsFamiliesTogether: boolean;
}

/** What pages say, and nobody has seen: tests run through all answers. The default is what the pages say. */
export interface Ec2Answers {
  /**
   * What a revoke of a permission that is not there is answered. `by-vpc`: a default VPC's group loses the others, any
   * other VPC's group stays as it is.
   */
  readonly unknownPermissions: 'by-vpc' | 'refused' | 'ignored';
}

/** Quotas that every account has raised, and answers other than the documented ones. */
export type Ec2Options = Partial<Ec2Quotas & Ec2Answers>;

const UNRAISED: Ec2Quotas = { rulesPerGroup: 60, entriesPerNetworkAcl: 20, countsFamiliesTogether: false };

/**
 * An account and Region that nobody has touched, but for raised quotas: a default VPC with one subnet and a way to the
 * internet.
 */
export function createEc2State(newId: (prefix: string) => string, options: Ec2Options = {}): Ec2State {
  const { unknownPermissions = 'by-vpc', ...raised } = options;
  const state: Ec2State = {
    quotas: { ...UNRAISED, ...raised },
    answers: { unknownPermissions },
    vpcs: new Map(),
    subnets: new Map(),
    groups: new Map(),
    vpcAssociations: new Map(),
    networkInterfaces: new Map(),
    prefixLists: new Map(),
    networkAcls: new Map(),
    instances: new Map(),
    routeTables: new Map(),
    internetGateways: new Map(),
    egressOnlyGateways: new Map(),
    addresses: new Map(),
    publicAccessExclusions: new Map(),
    flowLogs: new Map(),
    publicAccess: { mode: 'off' },
  };
  const vpc = addVpc(state, { cidrBlock: '172.31.0.0/16', isDefault: true, tags: new Map() }, newId);
  addSubnet(state, { vpcId: vpc.vpcId, cidrBlock: '172.31.0.0/20', tags: new Map() }, newId);
  const internetGatewayId = newId('igw-');
  state.internetGateways.set(internetGatewayId, { internetGatewayId, vpcId: vpc.vpcId, tags: new Map() });
  mainRouteTableOf(state, vpc.vpcId)?.routes.push({ destination: '0.0.0.0/0', gatewayId: internetGatewayId });
  return state;
}

/** Undefined where there is no such VPC. */
function mainRouteTableOf(state: Ec2State, vpcId: string): RouteTable | undefined {
  return [...state.routeTables.values()].find((table) => table.vpcId === vpcId);
}

/** Every VPC comes with a main route table, a default security group and a default network ACL. */
export function addVpc(state: Ec2State, vpc: Omit<Vpc, 'vpcId'>, newId: (prefix: string) => string): Vpc {
  const vpcId = newId('vpc-');
  const added = { ...vpc, vpcId };
  state.vpcs.set(vpcId, added);
  const routeTableId = vpcId.replace('vpc-', 'rtb-');
  state.routeTables.set(routeTableId, { routeTableId, vpcId, isMain: true, subnetIds: [], routes: [] });
  const groupId = newId('sg-');
  state.groups.set(groupId, {
    groupId,
    groupName: 'default',
    description: 'default VPC security group',
    vpcId,
    tags: new Map(),
    rules: [
      { ...allTraffic(newId), isEgress: false, peer: { kind: 'group', groupId } },
      { ...allTraffic(newId), isEgress: true, peer: { kind: 'ipv4', cidr: '0.0.0.0/0' } },
    ],
  });
  const networkAclId = newId('acl-');
  state.networkAcls.set(networkAclId, {
    networkAclId,
    vpcId,
    isDefault: true,
    tags: new Map(),
    entries: [false, true].flatMap((egress) => [
      { ruleNumber: 100, egress, action: 'allow' as const, protocol: '-1', cidrBlock: '0.0.0.0/0' },
      { ruleNumber: 32767, egress, action: 'deny' as const, protocol: '-1', cidrBlock: '0.0.0.0/0' },
    ]),
    associations: [],
  });
  return added;
}

/** A subnet is associated with its VPC's default network ACL. */
export function addSubnet(
  state: Ec2State,
  subnet: Omit<Subnet, 'subnetId'>,
  newId: (prefix: string) => string,
): Subnet {
  const subnetId = newId('subnet-');
  const added = { ...subnet, subnetId };
  state.subnets.set(subnetId, added);
  const acl = [...state.networkAcls.values()].find(({ vpcId, isDefault }) => vpcId === subnet.vpcId && isDefault);
  acl?.associations.push({ associationId: newId('aclassoc-'), subnetId });
  return added;
}

function allTraffic(newId: (prefix: string) => string) {
  return {
    ruleId: newId('sgr-'),
    protocol: '-1',
    fromPort: -1,
    toPort: -1,
    description: undefined,
    tags: new Map<string, string>(),
  };
}
