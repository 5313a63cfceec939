import { DescribeInstancesCommand, type EC2Client, type Filter } from '@aws-sdk/client-ec2';
import type { InstanceSeen } from '../../core/context/surroundings';
import type { PortResult } from '../../flow/ports';
import { fetchUpTo } from '../fetch-up-to';
import { toTags } from './to-tags';

/** Instances that a filter finds, whatever their state; more than five pages of them are a failure. */
export async function fetchInstances(client: EC2Client, where: Filter): PortResult<readonly InstanceSeen[]> {
  return fetchUpTo('instances', 'ec2:DescribeInstances', async (NextToken) => {
    const page = await client.send(new DescribeInstancesCommand({ Filters: [where], MaxResults: 1000, NextToken }));
    const instances = page.Reservations?.flatMap(({ Instances }) => Instances ?? []);
    const items = instances?.map(({ InstanceId: id = '', State, LaunchTime, Tags }) => ({
      id,
      state: State?.Name ?? 'unknown',
      ...(LaunchTime === undefined ? {} : { launchedAt: LaunchTime.toISOString() }),
      tags: toTags(Tags),
    }));
    return { items, nextToken: page.NextToken };
  });
}
