import { DescribeNetworkAclsCommand, type EC2Client, type NetworkAcl as DescribedAcl } from '@aws-sdk/client-ec2';
import { networkAclSchema } from '../../core/network/network-acl-schema';
import { failure, success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { Attachment, Observation, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { toTags } from './to-tags';

/** Reads a network ACL as it is now; `gone` where EC2 says that there is none of that id. */
export async function observeNetworkAcl(client: EC2Client, target: Target): PortResult<Observation> {
  const described = await describe(client, target);
  if (!described.ok) return described;
  const acl = described.value;
  if (!acl) return success({ kind: 'gone' });

  const read = {
    kind: 'network-acl',
    id: target.id,
    isDefault: acl.IsDefault,
    vpcId: acl.VpcId,
    tags: toTags(acl.Tags),
    entries: acl.Entries,
  };
  // By way of JSON: fields that the SDK sets to undefined are fields that are not there.
  const parsed = networkAclSchema.safeParse(JSON.parse(JSON.stringify(read)));
  if (parsed.success) return success({ kind: 'found', resource: parsed.data });
  const cause = `EC2 answered a network ACL that cannot be understood, ${targetArn(target)}: ${parsed.error.message}`;
  return failure({ code: 'unknown', retryable: false, cause });
}

/** The subnets whose traffic passes the network ACL; none when it is gone. */
export async function fetchAssociatedSubnets(client: EC2Client, target: Target): PortResult<readonly Attachment[]> {
  const described = await describe(client, target);
  if (!described.ok) return described;
  const subnets = (described.value?.Associations ?? []).flatMap(({ SubnetId }) => SubnetId ?? []);
  return success(subnets.map((id) => ({ kind: 'subnet', id, description: '' })));
}

/** Undefined when it does not exist. */
async function describe(client: EC2Client, target: Target): PortResult<DescribedAcl | undefined> {
  const described = await attempt(`${targetArn(target)} cannot be read`, () =>
    client.send(new DescribeNetworkAclsCommand({ NetworkAclIds: [target.id] })),
  );
  if (described.ok) return success(described.value.NetworkAcls?.[0]);
  return described.error.code === 'not-found' ? success(undefined) : described;
}
