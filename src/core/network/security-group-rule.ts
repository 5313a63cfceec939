/**
 * A rule of a security group, in the names and shapes of EC2's SecurityGroupRule, so that what people read in our
 * output is what they read in the AWS CLI's.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRule.html
 */
export interface SecurityGroupRule {
  /** Missing on a rule that a plan has yet to create. */
  readonly SecurityGroupRuleId?: string;
  readonly GroupId?: string;
  readonly IsEgress: boolean;
  /** `tcp`, `udp`, `icmp`, `icmpv6`, `-1` (all) or a protocol number as a string. */
  readonly IpProtocol: string;
  /** Port, or icmp type; -1 or missing means all. */
  readonly FromPort?: number;
  /** Port, or icmp code; -1 or missing means all. */
  readonly ToPort?: number;
  readonly CidrIpv4?: string;
  readonly CidrIpv6?: string;
  readonly PrefixListId?: string;
  readonly ReferencedGroupInfo?: ReferencedGroup;
  readonly Description?: string;
  readonly Tags?: readonly Tag[];
}

export interface ReferencedGroup {
  readonly GroupId?: string;
  readonly UserId?: string;
  readonly VpcId?: string;
  readonly PeeringStatus?: string;
  readonly VpcPeeringConnectionId?: string;
}

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A security group as it was read: its own facts and all its rules, both directions, with their tags. */
export interface SecurityGroup {
  readonly kind: 'security-group';
  readonly id: string;
  readonly name: string;
  readonly vpcId?: string;
  readonly tags: readonly Tag[];
  readonly rules: readonly SecurityGroupRule[];
  /** Entries (CIDRs) of the prefix lists that the rules name; a list that could not be read is missing here. */
  readonly prefixLists: Readonly<Record<string, readonly string[]>>;
  /** The versions that these entries are of. Lists of AWS have none, and a file does not say. */
  readonly prefixListVersions?: Readonly<Record<string, number>>;
  /** Network interfaces that the group is attached to. Undefined when not read: only emptying a default group asks. */
  readonly attachedInterfaceIds?: readonly string[];
}
