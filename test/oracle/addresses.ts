/** Addresses and blocks as integers, worked out from the text alone: nothing here comes from the code under test. */
export interface Block {
  readonly family: 'ipv4' | 'ipv6';
  readonly first: bigint;
  readonly last: bigint;
}

export function toBlock(cidr: string): Block {
  const [address = '', length = ''] = cidr.split('/');
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const bits = family === 'ipv4' ? 32 : 128;
  const size = 2n ** BigInt(bits - Number(length));
  const value = family === 'ipv4' ? fromDotted(address) : fromColons(address);
  return { family, first: value - (value % size), last: value - (value % size) + size - 1n };
}

function fromDotted(address: string): bigint {
  return address.split('.').reduce((value, part) => value * 256n + BigInt(part), 0n);
}

function fromColons(address: string): bigint {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':').flatMap(toGroups);
  const middle = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...middle, ...right].reduce((value, part) => value * 65536n + BigInt(`0x${part}`), 0n);
}

/** An IPv4 address at the end of one of IPv6 is its last two groups. */
function toGroups(part: string): readonly string[] {
  if (!part.includes('.')) return [part];
  const value = fromDotted(part);
  return [(value >> 16n).toString(16), (value & 0xffffn).toString(16)];
}

const SPECIAL_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3'],
].map(toBlock);

const GLOBAL_IPV6 = toBlock('2000::/3');

export function isInternet(family: Block['family'], address: bigint): boolean {
  const isIn = (block: Block): boolean => block.first <= address && address <= block.last;
  return family === 'ipv4' ? !SPECIAL_IPV4.some(isIn) : isIn(GLOBAL_IPV6);
}

/**
 * Addresses at and around every edge of the blocks and of the internet itself. Unions of the blocks change nowhere
 * else, so that what holds for these holds for all.
 */
export function addressSamples(family: Block['family'], blocks: readonly Block[]): readonly bigint[] {
  const highest = (family === 'ipv4' ? 2n ** 32n : 2n ** 128n) - 1n;
  const edges = [...blocks, ...SPECIAL_IPV4, GLOBAL_IPV6].filter((block) => block.family === family);
  const points = edges.flatMap(({ first, last }) => [first - 1n, first, last, last + 1n]);
  return [...new Set([0n, highest, ...points])].filter((point) => point >= 0n && point <= highest);
}
