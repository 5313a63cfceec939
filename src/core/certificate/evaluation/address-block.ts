import type { Interval } from './interval';

export type Family = 'ipv4' | 'ipv6';

export const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];

export interface AddressBlock extends Interval {
  readonly family: Family;
}

const BITS: Readonly<Record<Family, number>> = { ipv4: 32, ipv6: 128 };

/** The last address of a family. */
export function highestAddress(family: Family): bigint {
  return (1n << BigInt(BITS[family])) - 1n;
}

/**
 * Reads `203.0.113.0/24` or `2001:db8::/32`; undefined for whatever is not a block, bits behind the prefix included.
 */
export function readBlock(text: string): AddressBlock | undefined {
  const match = /^([0-9.]+|[0-9a-f:.]+)\/(\d{1,3})$/i.exec(text);
  const [, address = '', length = ''] = match ?? [];
  const family: Family = address.includes(':') ? 'ipv6' : 'ipv4';
  const first = family === 'ipv6' ? readIpv6(address) : readIpv4(address);
  const prefix = Number(length);
  if (match === null || first === undefined || prefix > BITS[family]) return undefined;
  const size = 1n << BigInt(BITS[family] - prefix);
  return first % size === 0n ? { family, first, last: first + size - 1n } : undefined;
}

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n);
}

/** Eight groups of 16 bits; one run of zeros may be `::`, and the last two groups may be an IPv4 address. */
function readIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : groupsOf(half)));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const right = tail ?? [];
  const missing = 8 - head.length - right.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => 0n), ...right];
  return groups.includes(-1n) ? undefined : groups.reduce((value, group) => value * 65536n + group, 0n);
}

/** -1 stands for what is no group. */
function groupsOf(half: string): readonly bigint[] {
  return half.split(':').flatMap((group, index, all) => {
    if (group.includes('.') && index === all.length - 1) {
      const address = readIpv4(group);
      return address === undefined ? [-1n] : [address / 65536n, address % 65536n];
    }
    return /^[0-9a-f]{1,4}$/i.test(group) ? [BigInt(`0x${group}`)] : [-1n];
  });
}

/** As a block where it is one, else by its ends: `10.0.0.0/8`, `10.0.0.1-10.0.0.9`. */
export function renderInterval(family: Family, { first, last }: Interval): string {
  const size = last - first + 1n;
  for (let prefix = 0; prefix <= BITS[family]; prefix++) {
    const whole = 1n << BigInt(BITS[family] - prefix);
    if (whole === size && first % size === 0n) return `${renderAddress(family, first)}/${String(prefix)}`;
  }
  return `${renderAddress(family, first)}-${renderAddress(family, last)}`;
}

function renderAddress(family: Family, address: bigint): string {
  if (family === 'ipv4') return [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 255n)).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(16 * (7 - i))) & 65535n).toString(16));
  // The trailing zeros are the ones that blocks have.
  const text = groups.join(':').replace(/(:0){2,}$/, '::');
  return text === '0::' ? '::' : text;
}
