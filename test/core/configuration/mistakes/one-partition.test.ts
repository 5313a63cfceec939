import { parseConfiguration } from '../../../../src/core/configuration/parse-configuration';

const CONFIGURATION = {
  organizationId: 'o-a1b2c3d4e5',
  hub: { account: '111111111111', aggregationRegion: 'us-gov-west-1' },
  members: { primaryRegion: 'us-gov-west-1', regions: ['us-gov-west-1', 'us-gov-east-1'] },
};

test('a deployment lives in any one partition', () => {
  expect(parseConfiguration(CONFIGURATION)).toMatchObject({ ok: true });
});

test.each([
  ['members.regions[1]', { members: { ...CONFIGURATION.members, regions: ['us-gov-west-1', 'us-east-1'] } }],
  ['automationRuleRegions[0]', { automationRuleRegions: ['us-east-1'] }],
])('a Region of another partition in %s is a mistake of that line', (path, changes) => {
  const parsed = parseConfiguration({ ...CONFIGURATION, ...changes });
  expect(parsed.ok ? [] : parsed.error).toEqual([
    {
      path,
      value: 'us-east-1',
      message:
        'is in partition aws, but hub.aggregationRegion us-gov-west-1 in aws-us-gov, and a deployment stays within one',
      fix: 'write the code of a Region, such as eu-central-1',
    },
  ]);
});
