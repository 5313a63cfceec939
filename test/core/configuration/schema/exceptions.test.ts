import { parse } from 'yaml';
import { findWrongEnds } from '../../../../src/core/configuration/schema/exceptions-schema';
import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';

const NOW = new Date('2026-11-29T10:00:00Z');

const ENTRY = {
  account: '222222222222',
  controls: ['EC2.19'],
  ports: [8080],
  sources: ['0.0.0.0/0'],
  reason: 'public demo',
  until: '2027-01-31',
};

function mistakesIn(entry: object): readonly string[] {
  const parsed = parseConfiguration({
    organizationId: 'o-a1b2c3d4e5',
    hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
    members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
    exceptions: [entry],
  });
  return parsed.ok ? [] : parsed.error.map(renderMistake);
}

describe('exceptions in portcullis.yaml', () => {
  test.each([
    ['an account', ENTRY],
    ['a target', { ...ENTRY, target: 'sg-0123456789abcdef0' }],
    ['tags and a range of ports', { ...ENTRY, account: undefined, tags: [{ key: 'demo' }], ports: ['9000-9010'] }],
  ])('may name %s', (_, entry) => {
    expect(mistakesIn(JSON.parse(JSON.stringify(entry)) as object)).toEqual([]);
  });

  test.each([
    [
      'nothing that it is for',
      { account: undefined },
      /^exceptions\[0\]: .*is for every target.*name account, target or tags/,
    ],
    ['no reason', { reason: undefined }, /^exceptions\[0\]\.reason: is missing; say in 1 to 256 characters/],
    ['an empty reason', { reason: ' ' }, /^exceptions\[0\]\.reason: /],
    ['no end', { until: undefined }, /^exceptions\[0\]\.until: is missing; write a day such as/],
    ['an end in words', { until: 'next year' }, /^exceptions\[0\]\.until: "next year" is not valid; write a day/],
    ['no ports', { ports: [] }, /^exceptions\[0\]\.ports: .*list the ports/],
    ['no sources', { sources: undefined }, /^exceptions\[0\]\.sources: is missing; list who may reach them/],
    ['a source that is none', { sources: ['everybody'] }, /^exceptions\[0\]\.sources\[0\]: "everybody"/],
    ['no controls', { controls: [] }, /^exceptions\[0\]\.controls: /],
  ])('with %s is refused, with field, value and fix', (_, change, message) => {
    const entry = JSON.parse(JSON.stringify({ ...ENTRY, ...change })) as object;
    expect(mistakesIn(entry)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['2026-11-29', /is over already/],
    [
      '2027-03-31',
      /is more than 90 days ahead; write 2027-02-27T10:00Z or an earlier one, or raise acceptRisk\.maximumDays/,
    ],
    ['2027-02-30', /is no day or moment/],
  ])('that ends on %s is refused when the stacks are made', (until, problem) => {
    expect(findWrongEnds([ENTRY, { ...ENTRY, until }], 90, NOW)).toEqual([
      { path: 'exceptions[1].until', value: until, problem: expect.stringMatching(problem) as string },
    ]);
  });

  test('that last longer than 90 days are accepted with acceptRisk.maximumDays, as they stand in a file', () => {
    const text = `
      acceptRisk: { maximumDays: 365 }
      exceptions:
        - { account: '222222222222', target: sg-0123456789abcdef0, controls: [EC2.19], ports: [8080],
            sources: [0.0.0.0/0], reason: public demo, until: 2027-03-31 }`;
    const parsed = parseConfiguration({
      organizationId: 'o-a1b2c3d4e5',
      hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
      members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
      ...(parse(text) as object),
    });
    if (!parsed.ok) throw new Error(parsed.error.map(renderMistake).join());
    const { exceptions, acceptRisk } = parsed.value;
    expect(findWrongEnds(exceptions, acceptRisk.maximumDays, NOW)).toEqual([]);
    expect(findWrongEnds(exceptions, 90, NOW)).toMatchObject([{ path: 'exceptions[0].until' }]);
  });
});
