import fc from 'fast-check';
import { parseCidr } from '../../../src/core/network/cidr';
import { isPlainIpv6Block } from '../../../src/core/network/ipv6-block';

test.each(['::/0', '2001:db8::/32', '2000::/3', '::1/128', '1:2:3:4:5:6:7:8/128', 'fe80::/10', '1:2:3:4:5:6:7::/112'])(
  'takes %s',
  (text) => {
    expect(isPlainIpv6Block(text)).toBe(true);
  },
);

test.each([
  ...['', '/', '::', ':/0', ':::/0', '1::2::3/128', '1:2:3:4:5:6:7/128', '1:2:3:4:5:6:7:8:9/128', '12345::/32'],
  ...['2001:DB8::/32', '2001:db8::/031', '2001:db8::1/32', '::/129', '::ffff:10.0.0.0/104', '::%1/0', ' ::/0', '::/0 '],
  ...['1:2:3:4::5:6:7:8/128', '0.0.0.0/0'],
])('leaves "%s" to the general parser', (text) => {
  expect(isPlainIpv6Block(text)).toBe(false);
});

test('takes nothing that the general parser refuses', () => {
  const group = fc.constantFrom('', '0', '1', '8', '10', 'db8', 'ffff', '8000', '12345');
  const block = fc
    .tuple(fc.array(group, { maxLength: 9 }), fc.integer({ min: 0, max: 140 }))
    .map(([groups, bits]) => `${groups.join(':')}/${String(bits)}`);
  let taken = 0;
  fc.assert(
    fc.property(block, (text) => {
      if (!isPlainIpv6Block(text)) return;
      taken++;
      expect(parseCidr(text)).toMatchObject({ ok: true, value: { family: 'ipv6' } });
    }),
    { numRuns: 20_000, seed: 20_261_121 },
  );
  expect(taken).toBeGreaterThan(100);
});
