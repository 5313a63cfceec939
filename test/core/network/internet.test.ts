import { parseCidr } from '../../../src/core/network/cidr';
import { coversInternet, isPrivate, touchesInternet } from '../../../src/core/network/internet';

const block = (text: string) => {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
};

describe('The internet', () => {
  test.each([
    ['ipv4', ['0.0.0.0/1', '128.0.0.0/1'], true],
    [
      'ipv4',
      [
        '1.0.0.0/8',
        '2.0.0.0/7',
        '4.0.0.0/6',
        '8.0.0.0/5',
        '16.0.0.0/4',
        '32.0.0.0/3',
        '64.0.0.0/2',
        '128.0.0.0/2',
        '192.0.0.0/3',
      ],
      true,
    ],
    ['ipv4', ['0.0.0.0/1', '128.0.0.0/2', '192.0.0.0/4'], false],
    ['ipv4', ['0.0.0.0/1'], false],
    ['ipv4', [], false],
    ['ipv6', ['2000::/3'], true],
    ['ipv6', ['::/1'], true],
    ['ipv6', ['8000::/1'], false],
    ['ipv6', ['2000::/4', '3000::/4'], true],
  ] as const)('of %s is covered by %j: %s', (family, cidrs, covered) => {
    expect(coversInternet(family, cidrs.map(block))).toBe(covered);
  });

  test.each(['10.1.0.0/16', '192.168.0.0/16', '100.64.0.0/10', '203.0.113.0/24', 'fd00::/8'])(
    'does not hold %s',
    (cidr) => {
      const parsed = block(cidr);
      expect(isPrivate(parsed.family, parsed)).toBe(true);
      expect(touchesInternet(parsed.family, parsed)).toBe(false);
    },
  );

  test.each(['8.8.8.8/32', '10.0.0.0/7', '2001:4860::/32'])('holds something of %s', (cidr) => {
    const parsed = block(cidr);
    expect(touchesInternet(parsed.family, parsed)).toBe(true);
    expect(isPrivate(parsed.family, parsed)).toBe(false);
  });
});
