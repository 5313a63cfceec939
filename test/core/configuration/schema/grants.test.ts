import { toGrantLimits } from '../../../../src/core/configuration/schema/grants-schema';
import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';

function parse(grants: object) {
  return parseConfiguration({
    organizationId: 'o-a1b2c3d4e5',
    hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
    members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
    grants,
  });
}

function limitsOf(grants: object): object {
  const parsed = parse(grants);
  if (!parsed.ok || parsed.value.grants === undefined) throw new Error('The configuration is refused.');
  return toGrantLimits(parsed.value.grants);
}

test('grants without a source are of single addresses', () => {
  expect(limitsOf({ maximum: '8h', ports: [22, '8000-8010'] })).toEqual({
    maximumMinutes: 480,
    ports: [
      { from: 22, to: 22 },
      { from: 8000, to: 8010 },
    ],
    ipv4: 32,
    ipv6: 128,
  });
});

test.each([
  [{ sources: 24 }, { ipv4: 24, ipv6: 64 }],
  [
    { sources: 32, sourcesIpv6: 64 },
    { ipv4: 32, ipv6: 64 },
  ],
  [
    { sources: 28, sourcesIpv6: 56 },
    { ipv4: 28, ipv6: 56 },
  ],
])('%j of grants is the shortest prefix of each address family', (sources, limits) => {
  expect(limitsOf({ maximum: '8h', ports: [22], ...sources })).toMatchObject(limits);
});

test.each<[string, object, RegExp]>([
  ['no maximum', { maximum: undefined }, /^grants\.maximum: is missing; write minutes, hours or days from 5m to 7d/],
  ['a maximum of weeks', { maximum: '8d' }, /^grants\.maximum: "8d" .*from 5m to 7d/],
  ['no ports', { ports: [] }, /^grants\.ports: .*list the ports of tcp/],
  ['the internet as a source', { sources: 0 }, /^grants\.sources: 0 .*write a prefix length of IPv4, from 8 to 32/],
  ['the internet of IPv6', { sourcesIpv6: 0 }, /^grants\.sourcesIpv6: 0 .*from 32 to 128/],
  ['approvers by name', { approvers: ['alice'] }, /^grants\.approvers\[0\]: "alice"/],
  ['a key that nobody reads', { minimum: '5m' }, /^grants\.?.*minimum/],
])('grants with %s are refused, with field, value and fix', (_, change, message) => {
  const grants = JSON.parse(JSON.stringify({ maximum: '8h', ports: [22], sources: 32, ...change })) as object;
  const parsed = parse(grants);
  expect(parsed.ok ? [] : parsed.error.map(renderMistake)).toEqual([expect.stringMatching(message)]);
});
