import type { PortSet } from '../network/port-set';

/** Ports of tcp and udp that one block of addresses may reach: what an exception leaves open, and nothing else. */
export interface Opening {
  /** As EC2 writes it: `0.0.0.0/0`, `2001:db8::/32`. */
  readonly source: string;
  readonly tcp: PortSet;
  readonly udp: PortSet;
}
