import type { AddressFamily } from '../../network/address-family';
import type { BlockedTraffic } from '../blocked-traffic';
import type { InterfaceSeen } from '../interface-seen';

/** Interfaces that packets come to, and whose packets the rules before them let in. */
export interface Door {
  readonly at: readonly InterfaceSeen[];
  readonly admits: readonly BlockedTraffic[];
  /** Security groups whose interfaces are let in as well. */
  readonly groups: readonly string[];
  /** What else must let in the sender, where what is behind the door sees the same one. */
  readonly further?: Further;
}

export interface Further {
  readonly family: AddressFamily;
  /** Blocks at whose ends it may let in others. */
  readonly cidrs: readonly string[];
  lets(address: bigint): boolean;
}

/** An answer about one way in. */
export interface Judged {
  readonly answer: 'yes' | 'no' | 'unknown';
  /** Which interface, or why not. */
  readonly what: string;
  /** Load balancers that it goes through, the one that faces the internet first. */
  readonly by?: readonly string[];
  /** The last of them, where what it sends to sees its own address. */
  readonly seenAs?: string;
}

/** Of several ways in one suffices; where none does, what is not known counts. */
export function bestOf(judged: readonly Judged[]): Judged | undefined {
  return (
    judged.find(({ answer }) => answer === 'yes') ?? judged.find(({ answer }) => answer === 'unknown') ?? judged[0]
  );
}
