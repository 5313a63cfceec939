import { DescribeNetworkAclsCommand, type EC2Client, type Filter } from '@aws-sdk/client-ec2';
import type { NetworkAclSeen } from '../../core/context/surroundings';
import type { NetworkAclEntry } from '../../core/network/network-acl';
import { networkAclEntrySchema } from '../../core/network/network-acl-schema';
import { failure, success } from '../../core/result';
import * as z from '../../core/zod-mini';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** Network ACLs with their entries and the subnets that they are associated with. */
export async function fetchNetworkAcls(client: EC2Client, Filters: Filter[]): PortResult<readonly NetworkAclSeen[]> {
  const acls = await fetchPages('ec2:DescribeNetworkAcls', async (NextToken) => {
    const page = await client.send(new DescribeNetworkAclsCommand({ Filters, MaxResults: 1000, NextToken }));
    return { items: page.NetworkAcls, nextToken: page.NextToken };
  });
  if (!acls.ok) return acls;
  const read: NetworkAclSeen[] = [];
  for (const { NetworkAclId: id = '', Associations = [], Entries = [] } of acls.value) {
    const entries = z.array(networkAclEntrySchema).safeParse(JSON.parse(JSON.stringify(Entries)));
    if (!entries.success) {
      const cause = `EC2 answered entries of ${id} that cannot be understood`;
      return failure({ code: 'unknown', retryable: false, cause });
    }
    const found: readonly NetworkAclEntry[] = entries.data;
    read.push({ id, subnetIds: Associations.flatMap(({ SubnetId }) => SubnetId ?? []), entries: found });
  }
  return success(read);
}
