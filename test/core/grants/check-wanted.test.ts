import { checkWanted, describeProblems, type WantedAccess } from '../../../src/core/grants/check-wanted';
import type { GrantLimits } from '../../../src/core/grants/grant';

const HOSTS: GrantLimits = {
  maximumMinutes: 480,
  ports: [
    { from: 22, to: 22 },
    { from: 8000, to: 8010 },
  ],
  ipv4: 32,
  ipv6: 128,
};
const NETWORKS: GrantLimits = { ...HOSTS, maximumMinutes: 90, ipv4: 24, ipv6: 64 };
const WANTED: WantedAccess = { source: '198.51.100.7/32', port: 22, duration: '2h' };

test.each<[string, Partial<WantedAccess>, GrantLimits, object]>([
  ['one address of IPv4', {}, HOSTS, { CidrIpv4: '198.51.100.7/32' }],
  ['one address of IPv6, in EC2 spelling', { source: '2001:DB8:0:0::7/128' }, HOSTS, { CidrIpv6: '2001:db8::7/128' }],
  ['the longest time', { duration: '8h' }, HOSTS, {}],
  ['a port of a range', { port: 8005 }, HOSTS, { FromPort: 8005, ToPort: 8005 }],
  [
    'a network that is allowed',
    { source: '198.51.100.0/24', duration: '90m' },
    NETWORKS,
    { CidrIpv4: '198.51.100.0/24' },
  ],
  [
    'a network of IPv6 that is allowed',
    { source: '2001:db8::/64', duration: '5m' },
    NETWORKS,
    { CidrIpv6: '2001:db8::/64' },
  ],
])('%s may be granted', (_, fields, limits, rule) => {
  expect(checkWanted({ ...WANTED, ...fields }, limits)).toMatchObject({
    ok: true,
    value: { rule: { IsEgress: false, IpProtocol: 'tcp', ...rule } },
  });
});

test.each<[string, Partial<WantedAccess>, GrantLimits, RegExp]>([
  [
    'the internet',
    { source: '0.0.0.0/0' },
    HOSTS,
    /^source: "0\.0\.0\.0\/0" is the internet, which is never granted; name/,
  ],
  ['the internet, whatever the limits say', { source: '0.0.0.0/0' }, { ...HOSTS, ipv4: 0 }, /is the internet/],
  ['the internet of IPv6', { source: '::/0' }, { ...HOSTS, ipv6: 0 }, /is the internet/],
  ['half of it', { source: '128.0.0.0/1' }, HOSTS, /wider than \/32, which grants\.sources allows/],
  ['a network where one address may be', { source: '198.51.100.0/31' }, HOSTS, /wider than \/32/],
  ['a wider network', { source: '198.51.0.0/23' }, NETWORKS, /has bits set|wider than \/24/],
  [
    'a wider network of IPv6',
    { source: '2001:db8::/63' },
    NETWORKS,
    /wider than \/64, which grants\.sourcesIpv6 allows/,
  ],
  [
    'all of IPv4, mapped into IPv6',
    { source: '::ffff:0:0/96' },
    NETWORKS,
    /holds addresses of IPv4, written in IPv6; write/,
  ],
  [
    'one address of IPv4, mapped',
    { source: '::ffff:c633:6407/128' },
    HOSTS,
    /holds addresses of IPv4, written in IPv6/,
  ],
  ['the same with dots', { source: '::ffff:198.51.100.7/128' }, HOSTS, /holds addresses of IPv4, written in IPv6/],
  ['all of IPv4, translated', { source: '64:ff9b::/96' }, NETWORKS, /holds addresses of IPv4, written in IPv6/],
  ['what holds the mapped ones and more', { source: '::/64' }, NETWORKS, /holds addresses of IPv4, written in IPv6/],
  ['an address alone', { source: '198.51.100.7' }, HOSTS, /needs a prefix length .* such as 198\.51\.100\.7\/32/],
  ['bits behind the prefix', { source: '198.51.100.7/24' }, NETWORKS, /the block is 198\.51\.100\.0\/24/],
  ['what is no address', { source: 'office' }, HOSTS, /^source: "office" is not an address block/],
  ['another port', { port: 23 }, HOSTS, /^port: 23 is not among grants\.ports; these may be granted: 22, 8000-8010$/],
  [
    'a longer time',
    { duration: '481m' },
    HOSTS,
    /^for: "481m" is longer than 8h, which grants\.maximum allows; write 8h/,
  ],
  ['a longer time than minutes', { duration: '91m' }, NETWORKS, /longer than 90m, .*; write 90m or less$/],
  ['a moment', { duration: '1m' }, HOSTS, /is shorter than 5m/],
  [
    'no time',
    { duration: 'soon' },
    HOSTS,
    /^for: "soon" is no length of time; write minutes or hours, such as 30m or 2h$/,
  ],
])('%s may not: field, value and what to write', (_, fields, limits, message) => {
  const checked = checkWanted({ ...WANTED, ...fields }, limits);
  expect(checked.ok ? '' : describeProblems(checked.error)).toMatch(message);
});

test('all mistakes are shown at once', () => {
  const checked = checkWanted({ source: '0.0.0.0/0', port: 25, duration: '9d' }, HOSTS);
  expect(checked.ok ? '' : describeProblems(checked.error)).toMatch(/^source: .*; port: .*; for: /);
});
