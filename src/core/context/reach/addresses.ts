import type { AddressFamily } from '../../network/address-family';
import { parseCidr, type AddressRange } from '../../network/cidr';
import { startsOfInternet, touchesInternet } from '../../network/internet';

/** Addresses of the internet at which another block may decide: those between two of them fare alike. */
export function addressEdges(family: AddressFamily, cidrs: readonly string[]): readonly bigint[] {
  const edges = cidrs.flatMap((cidr) => {
    const parsed = parseCidr(cidr);
    return parsed.ok && parsed.value.family === family ? [parsed.value.first, parsed.value.last + 1n] : [];
  });
  const inside = edges.filter((first) => touchesInternet(family, { first, last: first }));
  return [...new Set([...inside, ...startsOfInternet(family)])];
}

/** A block as numbers; undefined where it is none. */
export function rangeOf(cidr: string): AddressRange | undefined {
  const parsed = parseCidr(cidr);
  return parsed.ok ? parsed.value : undefined;
}

/** One address as a number; undefined where it is none. */
export function addressOf(text: string): bigint | undefined {
  return rangeOf(`${text}/${text.includes(':') ? '128' : '32'}`)?.first;
}

/**
 * Whether two texts are one address. Those of IPv6 are spelt in more than one way, those of IPv4 are not, and are
 * compared for thousands of interfaces.
 */
export function isSameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  return one.includes(':') && other.includes(':') && addressOf(one) === addressOf(other);
}

/** Of an address or block. */
export function familyOfAddress(text: string): AddressFamily {
  return text.includes(':') ? 'ipv6' : 'ipv4';
}

/** Whether an IPv6 address is of the internet. */
export function isGlobal(address: string): boolean {
  const range = rangeOf(`${address}/128`);
  return range !== undefined && touchesInternet('ipv6', range);
}
