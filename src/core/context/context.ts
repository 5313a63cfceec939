import type { Tag } from '../network/security-group-rule';

/**
 * What is known about a target before anything is decided. What could not be read, or was not read in time, is unknown
 * with its reason: it never widens what is done automatically.
 */
export interface Context {
  readonly attached: Fact<Attached>;
  readonly reachable: Fact<Reachable>;
  readonly used: Fact<Used>;
  readonly otherWayIn: Fact<OtherWayIn>;
  readonly openedBy: Fact<OpenedBy>;
  readonly managedBy: Fact<ManagedBy>;
  readonly owner: Fact<Owner>;
  readonly account: Fact<AccountFacts>;
}

export type Fact<Value> =
  | {
      readonly known: true;
      readonly value: Value;
      /** What says so, a sentence or an id each. */
      readonly evidence: readonly string[];
    }
  | { readonly known: false; readonly reason: string };

export const ATTACHED_KINDS = [
  'instance',
  'load-balancer',
  'lambda',
  'rds',
  'ecs',
  'endpoint',
  'nat-gateway',
  'subnet',
  'other',
] as const;

export type AttachedKind = (typeof ATTACHED_KINDS)[number];

/** What traffic passes the target for. */
export interface Attached {
  /** Network interfaces of a security group, subnets of a network ACL. */
  readonly count: number;
  /** There are more interfaces than were read, or do not show: what is not among the kinds may be attached as well. */
  readonly more?: true;
  /** A VPC of another account, in which interfaces of others with the target's rules do not show. */
  readonly hiddenIn?: HiddenVpc;
  /** Each once; empty when nothing is attached. */
  readonly kinds: readonly AttachedKind[];
  /** The first of them; `count` says how many interfaces there are. */
  readonly items: readonly AttachedItem[];
  /** Other VPCs that a security group is associated with: a change of its rules takes effect there too. */
  readonly otherVpcs: readonly string[];
  /** Accounts other than the target's own whose interfaces the group is on. */
  readonly otherAccounts: readonly string[];
}

export interface HiddenVpc {
  readonly vpcId: string;
  /** The account of the VPC. */
  readonly owner: string;
}

export interface AttachedItem {
  readonly kind: AttachedKind;
  /** `i-…`, the name of a load balancer or function, else the interface's id. */
  readonly id: string;
  /** As its owner named it: text of others. */
  readonly name?: string;
  /** `running`, `stopped`, … of an instance; the scheme of a load balancer. */
  readonly state?: string;
}

export const REACHABLE_ANSWERS = ['yes', 'no'] as const;

/** Whether packets from the internet to a port that the plan closes come as far as the target's rules. */
export interface Reachable {
  readonly answer: (typeof REACHABLE_ANSWERS)[number];
  /** Interfaces or load balancers through which they come; empty for `no`. */
  readonly through: readonly string[];
  /**
   * Load balancers that the target sees in place of their clients, so that closing keeps them out as well; missing
   * where there are none, and in older records.
   */
  readonly keptOut?: readonly string[];
}

export const USED_ANSWERS = ['flows', 'none-seen'] as const;

/** Traffic from sources that the plan blocks to ports that it closes, as flow logs recorded it. */
export interface Used {
  readonly answer: (typeof USED_ANSWERS)[number];
  /** The time that was searched, ISO 8601, UTC. */
  readonly from: string;
  readonly to: string;
  /** Accepted ones. */
  readonly flows: number;
  /** Distinct addresses. */
  readonly sources: number;
  readonly bytes: number;
  /** ISO 8601, UTC; missing where there were none. */
  readonly lastSeen?: string;
  /** At most ten, those with the most bytes first. */
  readonly peers: readonly Peer[];
  /** Flows that were rejected; they show who tried, not who uses it. */
  readonly rejected: number;
}

export interface Peer {
  readonly address: string;
  readonly bytes: number;
  readonly lastSeen: string;
}

export const OTHER_WAY_IN_ANSWERS = ['yes', 'no', 'not-needed'] as const;

export const SESSIONS = ['end', 'go-on'] as const;

/** For 22 and 3389: how people get into what is attached once these are closed. */
export interface OtherWayIn {
  /** `not-needed`: neither port goes, or nothing that runs is behind it. */
  readonly answer: (typeof OTHER_WAY_IN_ANSWERS)[number];
  readonly ways: readonly string[];
  /** What becomes of those that are open; missing where none is needed, and in older records. */
  readonly sessions?: (typeof SESSIONS)[number];
}

export const TOOLS = ['console', 'cli', 'terraform', 'cloudformation', 'cdk', 'other'] as const;

export interface OpenedBy {
  /** ARN or name of who made the call: text of others. */
  readonly who: string;
  /** ISO 8601, UTC; of the last of several openings. */
  readonly at: string;
  /** Of the first of several openings, all by the same hand. */
  readonly firstAt?: string;
  /** Address, or the AWS service that called. */
  readonly from: string;
  readonly with: (typeof TOOLS)[number];
  readonly eventId: string;
}

export const MANAGERS = ['cloudformation', 'cdk', 'terraform', 'firewall-manager', 'none-seen'] as const;

/** What deploys the target, and would bring a rule back. `none-seen` is no proof that there is none. */
export interface ManagedBy {
  readonly by: (typeof MANAGERS)[number];
  /** Of the stack or policy, where one is named. */
  readonly name?: string;
  /** The resource's name in its template. */
  readonly logicalId?: string;
}

export interface Owner {
  readonly owner?: string;
  readonly environment?: string;
  /** What the instances say, where they do not all say the same; empty for one that says nothing. */
  readonly owners?: readonly string[];
  readonly environments?: readonly string[];
  /** All tags of the target itself, for a policy to match. */
  readonly tags: readonly Tag[];
}

export interface AccountFacts {
  readonly name: string;
  /** Ids of organizational units, from the account's own up to the root's. */
  readonly organizationalUnits: readonly string[];
  /** Units that the policy keeps from being closed, and that nobody can tell the account to be outside of. */
  readonly doubtfulUnits?: readonly DoubtfulUnit[];
}

export interface DoubtfulUnit {
  readonly id: string;
  /** Such as that it does not exist any more, without a full stop. */
  readonly reason: string;
}
