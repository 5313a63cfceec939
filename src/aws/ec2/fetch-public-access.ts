import {
  DescribeVpcBlockPublicAccessExclusionsCommand,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import type { PublicAccess } from '../../core/context/surroundings';
import { failure, success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';

const MODES: Readonly<Record<PublicAccess['mode'], true>> = {
  off: true,
  'block-bidirectional': true,
  'block-ingress': true,
};

/** VPC Block Public Access of an account and Region; exclusions are asked for only where something is blocked. */
export async function fetchPublicAccess(client: EC2Client): PortResult<PublicAccess> {
  const operation = 'ec2:DescribeVpcBlockPublicAccessOptions';
  const options = await attempt(operation, () => client.send(new DescribeVpcBlockPublicAccessOptionsCommand({})));
  if (!options.ok) return options;
  const { InternetGatewayBlockMode: mode, State } = options.value.VpcBlockPublicAccessOptions ?? {};
  if (mode === undefined || !(mode in MODES)) {
    return failure({ code: 'unknown', retryable: false, cause: `${operation}: no mode that is known was answered` });
  }
  const isChanging = State === 'update-in-progress';
  if (mode === 'off') return success({ mode, isChanging, letIn: [] });
  const exclusions = await fetchPages('ec2:DescribeVpcBlockPublicAccessExclusions', async (NextToken) => {
    const page = await client.send(new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, NextToken }));
    return { items: page.VpcBlockPublicAccessExclusions, nextToken: page.NextToken };
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
