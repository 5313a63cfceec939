/** A network interface, as EC2 describes it. */
export interface InterfaceSeen {
  readonly id: string;
  readonly vpcId: string;
  readonly subnetId: string;
  /** The account that it is in; a group that is shared is on interfaces of others. */
  readonly owner: string;
  /** EC2's `InterfaceType`, such as `interface`, `lambda`, `vpc_endpoint`. */
  readonly type: string;
  /** Text of the service that made it, or of its owner. */
  readonly description: string;
  readonly instanceId?: string;
  /** To its instance, ISO 8601, UTC. */
  readonly attachedAt?: string;
  /** Public IPv4 addresses, Elastic IPs included. */
  readonly publicIpv4: readonly string[];
  readonly ipv6: readonly string[];
  /** All its addresses of the VPC: private IPv4, and IPv6. */
  readonly privateIps: readonly string[];
}
