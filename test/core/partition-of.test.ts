import { RegionInfo } from 'aws-cdk-lib/region-info';
import { partitionOf } from '../../src/core/partition-of';

test('every Region that the CDK knows is in the partition that the CDK says', () => {
  const known = RegionInfo.regions.filter(({ partition }) => partition !== undefined);
  expect(known.length).toBeGreaterThan(30);
  expect(known.map(({ name }) => [name, partitionOf(name)])).toEqual(
    known.map(({ name, partition }) => [name, partition]),
  );
});

test('a Region that is newer than this code is in the partition of its neighbours', () => {
  expect(partitionOf('eu-west-9')).toBe('aws');
  expect(partitionOf('us-gov-south-1')).toBe('aws-us-gov');
});
