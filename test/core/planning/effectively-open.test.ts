import { findEffectivelyOpen } from '../../../src/core/planning/effectively-open';
import { toProhibitions } from '../../../src/core/planning/prohibition';
import { mayBeOpen, sourceBlocksOf } from '../../../src/core/planning/source-block';

/**
 * `2000::/4`, `3000::/5` and so on, each behind the one before it, and the rest of the IPv6 internet in small blocks.
 */
const BLOCKS = [...Array.from({ length: 52 }, (_, i) => i + 4), ...Array.from({ length: 8 }, () => 58)].reduce<{
  readonly next: bigint;
  readonly cidrs: readonly string[];
}>(
  ({ next, cidrs }, prefixLength) => ({
    next: next + (1n << BigInt(128 - prefixLength)),
    cidrs: [...cidrs, `${textOf(next)}/${String(prefixLength)}`],
  }),
  { next: 1n << 125n, cidrs: [] },
);

function textOf(address: bigint): string {
  return Array.from({ length: 8 }, (_, i) => ((address >> BigInt(16 * (7 - i))) & 65535n).toString(16)).join(':');
}

test('the blocks are the IPv6 internet, one behind the other', () => {
  expect([BLOCKS.cidrs.length, BLOCKS.next]).toEqual([60, 1n << 126n]);
});

test.each([
  ['the largest first, so that the small ones are lost in the sum', BLOCKS.cidrs],
  ['the smallest first', [...BLOCKS.cidrs].reverse()],
])('blocks that cover the internet are found in whatever order they come: %s', (_, cidrs) => {
  const group = {
    kind: 'security-group' as const,
    id: 'sg-1',
    name: 'web',
    tags: [],
    prefixLists: {},
    rules: cidrs.map((CidrIpv6) => ({ IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv6 })),
  };
  expect(mayBeOpen(group)).toBe(true);
  const { blocks } = sourceBlocksOf(group);
  const { of } = toProhibitions([{ id: 'EC2.13', parameters: [] }]);
  expect(findEffectivelyOpen('ipv6', blocks, of.ipv6)).toHaveLength(60);
  const [, ...others] = blocks;
  expect(findEffectivelyOpen('ipv6', others, of.ipv6)).toEqual([]);
});
