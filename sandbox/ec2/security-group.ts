import type { Tags } from './tags';

/** The other end of a rule: source of an ingress rule, destination of an egress rule. */
export type Peer =
  | { readonly kind: 'ipv4'; readonly cidr: string }
  | { readonly kind: 'ipv6'; readonly cidr: string }
  | { readonly kind: 'prefix-list'; readonly prefixListId: string }
  | { readonly kind: 'group'; readonly groupId: string };

/** What a rule lets through, as EC2 keeps it: tcp, udp, icmp and icmpv6 by name, ports -1 where none apply. */
export interface Permission {
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: Peer;
}

export interface SecurityGroupRule extends Permission {
  readonly ruleId: string;
  readonly isEgress: boolean;
  readonly description: string | undefined;
  readonly tags: Tags;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly groupName: string;
  readonly description: string;
  readonly vpcId: string;
  readonly tags: Tags;
  rules: readonly SecurityGroupRule[];
}

/** EC2 compares permissions without their descriptions. */
export function isSamePermission(left: Permission, right: Permission): boolean {
  return (
    left.protocol === right.protocol &&
    left.fromPort === right.fromPort &&
    left.toPort === right.toPort &&
    left.peer.kind === right.peer.kind &&
    toPeerText(left.peer) === toPeerText(right.peer)
  );
}

/** The CIDR, prefix list id or group id by itself: what distinguishes peers of one kind. */
export function toPeerText(peer: Peer): string {
  switch (peer.kind) {
    case 'ipv4':
    case 'ipv6':
      return peer.cidr;
    case 'prefix-list':
      return peer.prefixListId;
    case 'group':
      return peer.groupId;
  }
}
