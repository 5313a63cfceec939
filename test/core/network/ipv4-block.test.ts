import * as fc from 'fast-check';
import { readPlainIpv4Block } from '../../../src/core/network/ipv4-block';

test.each([
  ['0.0.0.0/0', 0, 0],
  ['10.0.0.0/8', 0x0a000000, 8],
  ['203.0.113.7/32', 0xcb007107, 32],
  ['255.255.255.255/32', 0xffffffff, 32],
  ['128.0.0.0/1', 0x80000000, 1],
])('reads %s', (text, first, prefixLength) => {
  expect(readPlainIpv4Block(text)).toEqual({ first, prefixLength });
});

test.each([
  '',
  '/',
  '10.0.0.0',
  '10.0.0.0/',
  '10.0.0/8',
  '10.0.0.0.0/8',
  '10.0.0.0/8/8',
  '10.0.0.0.8',
  '10/0.0.0/8',
  '.10.0.0/8',
  '10..0.0/8',
  '10.0.0.1/8',
  '10.0.0.0/33',
  '10.0.0.0/08',
  '10.0.0.0/-1',
  '010.0.0.0/8',
  '00.0.0.0/0',
  '1.2.3.256/32',
  '0x0a.0.0.0/8',
  ' 10.0.0.0/8',
  '10.0.0.0/8 ',
  '::/0',
  '::ffff:10.0.0.0/104',
  '١.0.0.0/0',
])('leaves "%s" to the general parser', (text) => {
  expect(readPlainIpv4Block(text)).toBeUndefined();
});

const OCTET = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }));
const BLOCK = fc
  .tuple(OCTET, OCTET, OCTET, OCTET, fc.integer({ min: 0, max: 40 }))
  .map(([a, b, c, d, bits]) => `${[a, b, c, d].join('.')}/${String(bits)}`);

test('takes exactly the blocks that have valid octets and no bit behind the prefix', () => {
  fc.assert(
    fc.property(BLOCK, (text) => {
      const [address = '', bits = ''] = text.split('/');
      const octets = address.split('.').map(Number);
      const binary = octets.map((octet) => octet.toString(2).padStart(8, '0')).join('');
      const isBlock =
        octets.every((octet) => octet <= 255) && Number(bits) <= 32 && !binary.slice(Number(bits)).includes('1');
      const expected = isBlock ? { first: Number.parseInt(binary, 2), prefixLength: Number(bits) } : undefined;
      expect(readPlainIpv4Block(text)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});
