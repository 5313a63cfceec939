import { RegionInfo } from 'aws-cdk-lib/region-info';
import {
  ACTION_TARGET_TYPE,
  customActionsBy,
  doubtsAboutHubRegion,
  DURABLE_FUNCTIONS,
  NO_AGGREGATION,
} from '../../../src/core/configuration/known-regions';

test('every Region that a fact names is one of AWS', () => {
  const known = RegionInfo.regions.map(({ name }) => name);
  const named = [...ACTION_TARGET_TYPE.regions, ...Object.keys(DURABLE_FUNCTIONS.regions), ...NO_AGGREGATION.regions];
  expect(named.filter((region) => !known.includes(region))).toEqual([]);
});

test.each([
  { region: 'eu-central-1', by: 'resource' },
  { region: 'us-east-1', by: 'resource' },
  { region: 'eu-west-1', by: 'function' },
  { region: 'us-gov-west-1', by: 'function' },
  { region: 'cn-north-1', by: 'function' },
  { region: 'eusc-de-east-1', by: 'function' },
])('custom actions of a hub in $region are made by a $by', ({ region, by }) => {
  expect(customActionsBy({ aggregationRegion: region })).toBe(by);
});

test('what the configuration says wins over the Region', () => {
  expect(customActionsBy({ aggregationRegion: 'eu-central-1', customActions: 'function' })).toBe('function');
  expect(customActionsBy({ aggregationRegion: 'eu-west-1', customActions: 'resource' })).toBe('resource');
});

test.each([
  { region: 'eu-central-1', doubts: [] },
  { region: 'eusc-de-east-1', doubts: [] },
  { region: 'eu-west-2', doubts: ['durable-functions'] },
  { region: 'us-gov-west-1', doubts: ['durable-functions'] },
  { region: 'cn-north-1', doubts: ['durable-functions'] },
  { region: 'eu-central-2', doubts: ['durable-functions', 'aggregation-region'] },
])('of a hub in $region is in doubt: $doubts', ({ region, doubts }) => {
  const found = doubtsAboutHubRegion(region);
  expect(found.map(({ id }) => id)).toEqual(doubts);
  for (const { message } of found) expect(message).toContain(region);
});
