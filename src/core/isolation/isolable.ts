import type { SecurityGroup, Tag } from '../network/security-group-rule';
import type { InterfaceGroups } from './isolation';

/** An instance or a network interface as it was read, with what isolating it needs to know. Plain data. */
export interface Isolable {
  readonly kind: 'instance' | 'network-interface';
  readonly id: string;
  readonly tags: readonly Tag[];
  /** Of an instance: `running`, `stopped`, … */
  readonly state?: string;
  readonly interfaces: readonly SeenInterface[];
  /** The VPCs and subnets of the interfaces, and the instance of an interface: their owners may forbid it too. */
  readonly around: readonly { readonly id: string; readonly tags: readonly Tag[] }[];
  /** Groups of the name that isolating groups have, one a VPC at most, whoever made them. */
  readonly candidates: readonly SecurityGroup[];
  /** Of the groups that were asked about, those that exist. */
  readonly existing: readonly string[];
}

export interface SeenInterface extends InterfaceGroups {
  readonly subnetId: string;
  readonly tags: readonly Tag[];
  /** The AWS service that manages it: nobody else may change its groups. */
  readonly managedBy?: string;
  /** Of an interface that is read for itself. */
  readonly instanceId?: string;
}
