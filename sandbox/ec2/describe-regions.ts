import type { DescribeRegionsCommandInput, DescribeRegionsCommandOutput } from '@aws-sdk/client-ec2';
import type { Answer, Ec2Operation } from './ec2-operation';
import { matchesFilters } from './filters';
import { onEverything } from './permissions';

/** Those that the account has not enabled are reported where they are named, or where all are asked for. */
export const describeRegions: Ec2Operation<DescribeRegionsCommandInput, Answer<DescribeRegionsCommandOutput>> = {
  permissions: onEverything('DescribeRegions'),
  handle: ({ RegionNames, AllRegions, Filters }, { world, account }) => ({
    Regions: world.regions
      .map((region) => ({ region, status: world.optInStatus(account, region) }))
      .filter(
        ({ region, status }) => RegionNames?.includes(region) ?? (AllRegions === true || status !== 'not-opted-in'),
      )
      .filter(({ region, status }) =>
        matchesFilters(Filters, { 'region-name': [region], 'opt-in-status': [status] }, new Map()),
      )
      .map(({ region, status }) => ({
        RegionName: region,
        Endpoint: `ec2.${region}.amazonaws.com`,
        OptInStatus: status,
      })),
  }),
};
