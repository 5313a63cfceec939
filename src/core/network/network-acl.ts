import type { Tag } from './security-group-rule';

/**
 * An entry of a network ACL, in the names and shapes of EC2's NetworkAclEntry.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html
 */
export interface NetworkAclEntry {
  readonly RuleNumber: number;
  /** A protocol number as a string; `-1` means all, and then ports are ignored. */
  readonly Protocol: string;
  readonly RuleAction: 'allow' | 'deny';
  readonly Egress: boolean;
  readonly CidrBlock?: string;
  readonly Ipv6CidrBlock?: string;
  readonly PortRange?: { readonly From: number; readonly To: number };
  readonly IcmpTypeCode?: { readonly Type: number; readonly Code: number };
}

/** A network ACL as it was read, with the entries of both directions. */
export interface NetworkAcl {
  readonly kind: 'network-acl';
  readonly id: string;
  readonly isDefault: boolean;
  readonly vpcId?: string;
  readonly tags: readonly Tag[];
  readonly entries: readonly NetworkAclEntry[];
}
