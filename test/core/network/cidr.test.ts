import { canonicalCidr, parseCidr } from '../../../src/core/network/cidr';

describe('parseCidr', () => {
  test.each([
    ['0.0.0.0/0', 'ipv4', 0n, 2n ** 32n - 1n],
    ['10.0.0.0/8', 'ipv4', 0x0a000000n, 0x0affffffn],
    ['203.0.113.7/32', 'ipv4', 0xcb007107n, 0xcb007107n],
    ['::/0', 'ipv6', 0n, 2n ** 128n - 1n],
    ['2000::/3', 'ipv6', 1n << 125n, (1n << 126n) - 1n],
    ['2001:db8::1/128', 'ipv6', 0x20010db8000000000000000000000001n, 0x20010db8000000000000000000000001n],
  ])('reads %s', (text, family, first, last) => {
    expect(parseCidr(text)).toMatchObject({ ok: true, value: { family, first, last } });
  });

  test.each([
    ['10.0.0.1/8', 'the block is 10.0.0.0/8'],
    ['2001:db8::1/32', 'the block is 2001:db8::/32'],
    ['10.0.0.0', 'such as 10.0.0.0/32'],
    ['10.0.0.0/33', 'between /0 and /32'],
    ['::/129', 'between /0 and /128'],
    ['10.0.0.0/-1', 'between /0 and /32'],
    ['0.0.0.0/00', 'between /0 and /32'],
    ['::/000', 'between /0 and /128'],
    ['10.0.0.0/08', 'between /0 and /32'],
    ['10.0.0.0/8/8', 'between /0 and /32'],
    ['10.0.0/8', 'is not an address block'],
    ['010.0.0.0/8', 'is not an address block'],
    ['1.2.3.256/32', 'is not an address block'],
    ['fe80::1%eth0/128', 'is not an address block'],
    ['anywhere', 'is not an address block'],
    ['', 'is not an address block'],
  ])('refuses %s and says what to write', (text, part) => {
    expect(parseCidr(text)).toEqual({ ok: false, error: expect.stringContaining(part) as unknown });
  });
});

test.each([
  ['2001:0DB8:0:0::/32', '2001:db8::/32'],
  ['2001:db8:0:1::/64', '2001:db8:0:1::/64'],
  ['0:0:0:0:0:0:0:0/0', '::/0'],
  ['198.51.100.0/24', '198.51.100.0/24'],
  ['anywhere', 'anywhere'],
])('EC2 writes %s as %s', (text, canonical) => {
  expect(canonicalCidr(text)).toBe(canonical);
});
