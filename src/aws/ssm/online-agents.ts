import { DescribeInstanceInformationCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';
import { inChunks } from '../in-chunks';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_InstanceInformationStringFilter.html */
const IDS_A_CALL = 100;
const RESULTS_A_CALL = 50;

/** Those of the instances whose agent of Systems Manager is online. */
export async function fetchOnlineAgents(client: SSMClient, ids: readonly string[]): PortResult<readonly string[]> {
  const online: string[] = [];
  for (const Values of inChunks(ids, IDS_A_CALL)) {
    const page = await fetchPages('ssm:DescribeInstanceInformation', async (NextToken) => {
      const answer = await client.send(
        new DescribeInstanceInformationCommand({
          Filters: [{ Key: 'InstanceIds', Values: [...Values] }],
          MaxResults: RESULTS_A_CALL,
          NextToken,
        }),
      );
      return { items: answer.InstanceInformationList, nextToken: answer.NextToken };
    });
    if (!page.ok) return page;
    online.push(
      ...page.value.flatMap(({ InstanceId, PingStatus }) => (PingStatus === 'Online' ? (InstanceId ?? []) : [])),
    );
  }
  return success(online);
}
