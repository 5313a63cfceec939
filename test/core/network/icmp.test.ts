import { renderIcmp } from '../../../src/core/network/icmp';

test.each([
  ['icmp', -1, -1, 'icmp'],
  ['icmp', 8, -1, 'icmp echo request (8/-1)'],
  ['icmp', 3, 4, 'icmp destination unreachable: fragmentation needed (3/4)'],
  ['icmp', 3, 99, 'icmp destination unreachable: code 99 (3/99)'],
  ['icmp', 200, -1, 'icmp type 200 (200/-1)'],
  ['icmpv6', 2, 0, 'icmpv6 packet too big: code 0 (2/0)'],
  ['icmpv6', 135, -1, 'icmpv6 neighbor solicitation (135/-1)'],
  ['icmpv6', 1, 4, 'icmpv6 destination unreachable: port (1/4)'],
] as const)('%s %d/%d is named "%s"', (protocol, type, code, words) => {
  expect(renderIcmp(protocol, type, code)).toBe(words);
});

test('two texts are the same only for the same traffic, since entries are compared by their words', () => {
  const all = (['icmp', 'icmpv6'] as const).flatMap((protocol) =>
    Array.from({ length: 256 * 17 }, (_, i) => renderIcmp(protocol, i % 256, Math.floor(i / 256) - 1)),
  );
  expect(new Set(all).size).toBe(all.length);
});
