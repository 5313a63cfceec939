import type { AddressFamily } from './address-family';
import { parseCidr, type AddressRange } from './cidr';

/**
 * IPv4 blocks that are not the internet: private, shared, loopback, link-local, documentation, benchmarking, multicast,
 * reserved. https://www.iana.org/assignments/iana-ipv4-special-registry/iana-ipv4-special-registry.xhtml
 */
const NOT_GLOBAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** IPv6 blocks of private use: unique local, link-local, multicast. */
const PRIVATE_IPV6 = ['fc00::/7', 'fe80::/10', 'ff00::/8'];

/** All unicast addresses that IANA has given out for the internet; nothing else of IPv6 is routed there. */
const GLOBAL_IPV6 = '2000::/3';

/** The blocks that make up the internet, ascending and disjoint. */
const INTERNET: Readonly<Record<AddressFamily, readonly AddressRange[]>> = {
  ipv4: gapsBetween(NOT_GLOBAL_IPV4.map(rangeOf), (1n << 32n) - 1n),
  ipv6: [rangeOf(GLOBAL_IPV6)],
};

/** Where each stretch of the internet begins, ascending. */
export function startsOfInternet(family: AddressFamily): readonly bigint[] {
  return INTERNET[family].map(({ first }) => first);
}

const INTERNET_SIZE: Readonly<Record<AddressFamily, number>> = {
  ipv4: sizeOf(INTERNET.ipv4),
  ipv6: sizeOf(INTERNET.ipv6),
};

/**
 * Whether a source names the whole family outright, `0.0.0.0/0` or `::/0`: the only forms that Security Hub looks at.
 */
export function isOpenSource(cidr: string): boolean {
  return cidr.endsWith('/0');
}

const PRIVATE: Readonly<Record<AddressFamily, readonly AddressRange[]>> = {
  ipv4: NOT_GLOBAL_IPV4.map(rangeOf),
  ipv6: PRIVATE_IPV6.map(rangeOf),
};

const EVERYTHING: Readonly<Record<AddressFamily, AddressRange>> = { ipv4: rangeOf('0.0.0.0/0'), ipv6: rangeOf('::/0') };

/** Whether the block lies within one that is private or otherwise never on the internet. */
export function isPrivate(family: AddressFamily, block: AddressRange): boolean {
  return PRIVATE[family].some((part) => part.first <= block.first && block.last <= part.last);
}

/** Whether any address of the block is on the internet. */
export function touchesInternet(family: AddressFamily, block: AddressRange): boolean {
  return INTERNET[family].some((part) => part.first <= block.last && block.first <= part.last);
}

/**
 * Whether so many addresses may be the whole internet. Sums of IPv6 blocks are rounded at each of their terms, and so
 * is the size of its internet: only what is clearly too few cannot be.
 */
export function mayBeWholeInternet(family: AddressFamily, addresses: number): boolean {
  return addresses >= INTERNET_SIZE[family] * CLEARLY;
}

const CLEARLY = 1 - 2 ** -20;

/** Whether the blocks together hold every address of the internet. */
export function coversInternet(family: AddressFamily, blocks: readonly AddressRange[]): boolean {
  return covers(blocks, INTERNET[family]);
}

/** Whether the blocks together are as good as `0.0.0.0/0` or `::/0`. */
export function coversEverything(family: AddressFamily, blocks: readonly AddressRange[]): boolean {
  return covers(blocks, [EVERYTHING[family]]);
}

/** Whether the blocks together hold every address of another one; all of one family. */
export function holdsRange(blocks: readonly AddressRange[], part: AddressRange): boolean {
  return covers(blocks, [part]);
}

function covers(blocks: readonly AddressRange[], parts: readonly AddressRange[]): boolean {
  const merged = mergeRanges(blocks);
  return parts.every((part) => merged.some((block) => block.first <= part.first && part.last <= block.last));
}

function mergeRanges(ranges: readonly AddressRange[]): readonly AddressRange[] {
  const merged: AddressRange[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const last = merged.at(-1);
    if (last !== undefined && range.first <= last.last + 1n) {
      merged[merged.length - 1] = { first: last.first, last: range.last > last.last ? range.last : last.last };
    } else {
      merged.push(range);
    }
  }
  return merged;
}

function gapsBetween(ranges: readonly AddressRange[], highest: bigint): readonly AddressRange[] {
  const gaps: AddressRange[] = [];
  let next = 0n;
  for (const range of mergeRanges(ranges)) {
    if (range.first > next) gaps.push({ first: next, last: range.first - 1n });
    next = range.last + 1n;
  }
  if (next <= highest) gaps.push({ first: next, last: highest });
  return gaps;
}

function sizeOf(ranges: readonly AddressRange[]): number {
  return ranges.reduce((sum, range) => sum + Number(range.last - range.first + 1n), 0);
}

function rangeOf(cidr: string): AddressRange {
  const parsed = parseCidr(cidr);
  if (!parsed.ok) throw new Error(`${cidr} ${parsed.error}`);
  return parsed.value;
}
