import {
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { PublicAccess } from '../../core/context/surroundings';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';

/** VPC Block Public Access of an account and Region; exclusions are asked for only where something is blocked. */
export async function fetchPublicAccess(client: EC2Client): PortResult<PublicAccess> {
  const options = await attempt('not read', () => client.send(new DescribeVpcBlockPublicAccessOptionsCommand({})));
  if (!options.ok) return options;
  const { InternetGatewayBlockMode: set = 'off', State } = options.value.VpcBlockPublicAccessOptions ?? {};
  const mode = set === 'block-bidirectional' || set === 'block-ingress' ? set : 'off';
  const isChanging = State === 'update-in-progress';
  if (mode === 'off') return success({ mode, isChanging, letIn: [] });
  const exclusions = await fetchPages('not read', async (NextToken) => {
    const page = await client.send(new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, NextToken }));
    return { items: page.VpcBlockPublicAccessExclusions ?? [], nextToken: page.NextToken };
  });
  if (!exclusions.ok) return exclusions;
  const letIn = exclusions.value
    .filter(
      (exclusion) =>
        exclusion.InternetGatewayExclusionMode === 'allow-bidirectional' &&
        !/^(delete-complete|disable-complete|create-failed)$/.test(exclusion.State ?? ''),
    )
    .map(({ ResourceArn = '' }) => ResourceArn.slice(ResourceArn.lastIndexOf('/') + 1));
  return success({ mode, isChanging, letIn });
}
