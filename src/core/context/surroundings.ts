import type { NetworkAclEntry } from '../network/network-acl';
import type { Tag } from '../network/security-group-rule';
import type { Result } from '../result';
import type { BalancerSeen } from './balancer';
import type { AccountFacts } from './context';
import type { InterfaceSeen } from './interface-seen';
import type { Trail } from './trail-call';

/** What was read around a target, each by itself: an error is the sentence that says why it could not be read. */
export interface Surroundings {
  /** Those of a security group, or those in the subnets of a network ACL. */
  readonly interfaces: Result<Interfaces, string>;
  /** Subnets that a network ACL is associated with; none for a security group. */
  readonly subnetIds: readonly string[];
  readonly instances: Result<readonly InstanceSeen[], string>;
  /** Ids of instances whose agent of Systems Manager is online. */
  readonly agents: Result<readonly string[], string>;
  /** Other VPCs that a security group is associated with; none for a network ACL. */
  readonly associations: Result<readonly VpcAssociation[], string>;
  /** Of every VPC that the target, or an interface that it is on, is in. */
  readonly routeTables: Result<readonly RouteTableSeen[], string>;
  readonly networkAcls: Result<readonly NetworkAclSeen[], string>;
  readonly publicAccess: Result<PublicAccess, string>;
  /** Interfaces of load balancers, accelerators and distributions in these VPCs, whatever they send traffic to. */
  readonly fronts: Result<Interfaces, string>;
  /** The load balancers in these VPCs, of the target's account; none where no answer hangs on them. */
  readonly balancers: Result<readonly BalancerSeen[], string>;
  /** Who changed the target, as CloudTrail shows it. */
  readonly trail: Result<Trail, string>;
  readonly account: Result<AccountFacts, string>;
}

/** What of the surroundings decides whether the internet reaches a target. */
export type Network = Omit<Surroundings, 'subnetIds' | 'instances' | 'agents' | 'trail' | 'account'>;

export interface Interfaces {
  readonly seen: readonly InterfaceSeen[];
  /** There are more than were read. */
  readonly more: boolean;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/security-group-assoc.html */
export interface VpcAssociation {
  readonly vpcId: string;
  /** Account of the VPC, which may be shared by it. */
  readonly owner: string;
}

export interface InstanceSeen {
  readonly id: string;
  readonly state: string;
  /** When it was last started, ISO 8601, UTC; missing where EC2 does not say. */
  readonly launchedAt?: string;
  readonly tags: readonly Tag[];
}

export interface RouteTableSeen {
  readonly id: string;
  readonly vpcId: string;
  /** The account of the VPC, whose subnets it may share. */
  readonly owner: string;
  readonly isMain: boolean;
  readonly subnetIds: readonly string[];
  readonly routes: readonly RouteSeen[];
}

export interface RouteSeen {
  /** Missing for a prefix list, whose entries are not read. */
  readonly cidr?: string;
  /** `other-vpc`: by a peering connection, a transit gateway or a core network, where any VPC may be behind. */
  readonly to: 'internet-gateway' | 'appliance' | 'other-vpc' | 'elsewhere' | 'nowhere';
  /** As EC2 names it: `igw-…`. */
  readonly target: string;
}

export interface NetworkAclSeen {
  readonly id: string;
  readonly subnetIds: readonly string[];
  readonly entries: readonly NetworkAclEntry[];
}

/** VPC Block Public Access: https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa.html */
export interface PublicAccess {
  readonly mode: 'off' | 'block-bidirectional' | 'block-ingress';
  /** It is being changed: neither the old nor the new setting can be relied on. */
  readonly isChanging: boolean;
  /** VPCs and subnets that traffic may come into all the same. */
  readonly letIn: readonly string[];
}
