import { parseConfiguration, renderMistake } from '../../../../src/core/configuration/parse-configuration';

const base = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'eu-central-1' },
  members: { primaryRegion: 'eu-central-1', regions: ['eu-central-1'] },
};

function linesOf(drill: unknown): readonly string[] {
  const parsed = parseConfiguration({ ...base, drill });
  return parsed.ok ? [] : parsed.error.map(renderMistake);
}

test.each([
  ['a number for an account', { accounts: [333333333333] }, /^drill\.accounts\[0\]: 333333333333 .*12 digits/],
  ['no account', { accounts: [] }, /^drill\.accounts: .*list 1 to 10 account ids/],
  ['an account twice', { accounts: ['333333333333', '333333333333'] }, /^drill\.accounts: .*names an account twice/],
  [
    'a schedule of minutes',
    { accounts: ['333333333333'], schedule: 'rate(5 minutes)' },
    /^drill\.schedule: "rate\(5 minutes\)" .*rate\(1 day\)/,
  ],
  [
    'a Region that nothing is deployed in',
    { accounts: ['333333333333'], schedule: 'rate(7 days)', regions: ['eu-central-1', 'us-east-1'] },
    /^drill\.regions\[1\]: "us-east-1" is not one of members\.regions.*write one of eu-central-1/,
  ],
  [
    'a Region twice',
    { accounts: ['333333333333'], schedule: 'rate(7 days)', regions: ['eu-central-1', 'eu-central-1'] },
    /^drill\.regions: .*names a Region twice/,
  ],
  [
    'Regions without a schedule',
    { accounts: ['333333333333'], regions: ['eu-central-1'] },
    /^drill\.regions: .*has no effect without drill\.schedule/,
  ],
  ['another key', { accounts: ['333333333333'], region: 'x' }, /^drill\.region: .*is not a known key/],
  ['a switch', true, /^drill: true .*write \{ accounts: /],
])('%s is a mistake with a fix', (_, drill, line) => {
  expect(linesOf(drill)).toEqual([expect.stringMatching(line)]);
});

test('accounts for drills are none unless they are named', () => {
  expect(linesOf(undefined)).toEqual([]);
  expect(linesOf({ accounts: ['333333333333'] })).toEqual([]);
  expect(linesOf({ accounts: ['333333333333'], schedule: 'rate(7 days)', regions: ['eu-central-1'] })).toEqual([]);
});
