/** Something whose traffic passes a target: a network interface of a security group, a subnet of a network ACL. */
export interface Attachment {
  readonly kind: 'network-interface' | 'subnet';
  readonly id: string;
  /** What it belongs to, as AWS or its owner describes it; may be empty. */
  readonly description: string;
}
