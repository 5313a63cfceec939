import type { Tags } from './tags';

export interface NetworkAclEntry {
  /** 1 to 32766; 32767 is the entry that denies the rest. */
  readonly ruleNumber: number;
  readonly egress: boolean;
  readonly action: 'allow' | 'deny';
  /** A number as text, -1 for all. */
  readonly protocol: string;
  readonly cidrBlock?: string;
  readonly ipv6CidrBlock?: string;
  /** For tcp and udp. */
  readonly portRange?: { readonly from: number; readonly to: number };
  /** For icmp and icmpv6. */
  readonly icmp?: { readonly type: number; readonly code: number };
}

export interface NetworkAcl {
  readonly networkAclId: string;
  readonly vpcId: string;
  readonly isDefault: boolean;
  readonly tags: Tags;
  entries: readonly NetworkAclEntry[];
  readonly associations: { readonly associationId: string; readonly subnetId: string }[];
}
