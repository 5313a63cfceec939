import type { DescribeRegionsCommandInput, DescribeRegionsCommandOutput } from '@aws-sdk/client-ec2';
import type { Answer, Ec2Operation } from './ec2-operation';
import { matchesFilters } from './filters';
import { onEverything } from './permissions';

export const describeRegions: Ec2Operation<DescribeRegionsCommandInput, Answer<DescribeRegionsCommandOutput>> = {
  permissions: onEverything('DescribeRegions'),
  handle: ({ RegionNames, Filters }, { world }) => ({
    Regions: world.regions
      .filter((region) => RegionNames === undefined || RegionNames.includes(region))
      .filter((region) =>
        matchesFilters(Filters, { 'region-name': [region], 'opt-in-status': ['opt-in-not-required'] }, new Map()),
      )
      .map((region) => ({
        RegionName: region,
        Endpoint: `ec2.${region}.amazonaws.com`,
        OptInStatus: 'opt-in-not-required',
      })),
  }),
};
