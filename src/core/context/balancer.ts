import type { AddressFamily } from '../network/address-family';
import type { PortProtocol } from '../network/protocol';
import type { SecurityGroupRule } from '../network/security-group-rule';
import { isGlobal } from './reach/addresses';
import type { InterfaceSeen } from './interface-seen';

/** A load balancer in a VPC of the target, with what it sends to the target or to another one that may. */
export interface BalancerSeen {
  /** As the descriptions of its interfaces call it: `app/front/50dc6c495c0c9188`, a classic one by its name alone. */
  readonly name: string;
  readonly scheme: 'internet-facing' | 'internal';
  /** None of a Network Load Balancer that was made without; such a one lets in everything. */
  readonly groupIds: readonly string[];
  /** Of these groups, both directions. */
  readonly rules: readonly SecurityGroupRule[];
  readonly sendings: readonly Sending[];
}

/** That it sends what listeners take to one port of one target. */
export interface Sending {
  readonly to: BalancerTarget;
  readonly port: number;
  readonly protocols: readonly PortProtocol[];
  /** How the target is spoken to. */
  readonly family: AddressFamily;
  /**
   * The target sees who sent it, not the load balancer's own address; never where the families of both differ. What is
   * not documented is taken for either, whichever lets more in.
   * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
   */
  readonly keepsClient: boolean | 'perhaps';
  readonly listeners: readonly Listener[];
  /** A gateway load balancer sends what its endpoints were given, as no listener shows. */
  readonly byEndpoints?: true;
}

export type BalancerTarget =
  | { readonly kind: 'instance'; readonly id: string }
  | { readonly kind: 'ip'; readonly address: string; readonly vpcId: string }
  | { readonly kind: 'load-balancer'; readonly name: string };

export interface Listener {
  readonly port: number;
  readonly protocols: readonly PortProtocol[];
  /** Its default action sends there; else a rule of it may, or of another listener. */
  readonly isSure: boolean;
}

/**
 * How services that make interfaces describe them:
 * https://docs.aws.amazon.com/vpc/latest/userguide/requester-managed-eni.html
 */
const DESCRIPTION = /^ELB ((?:app|net|gwy)\/[\w-]+\/\w+|[\w-]+)$/;

/** The name of the load balancer whose interface is described so; undefined where it is none of one. */
export function balancerName(description: string): string | undefined {
  return DESCRIPTION.exec(description)?.[1];
}

/** `net/front`, without the id behind it, as people know it. */
export function shortBalancerName(name: string): string {
  return name.split('/').slice(0, 2).join('/');
}

/** Load balancers with public addresses, or that pass on what endpoints were given; whatever else stands there. */
export function mayFaceInternet({ description, publicIpv4, ipv6 }: InterfaceSeen): boolean {
  const isInternal = publicIpv4.length === 0 && !ipv6.some(isGlobal) && !description.startsWith('ELB gwy/');
  return !description.startsWith('ELB ') || !isInternal;
}
