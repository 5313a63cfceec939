import { DescribeNetworkInterfacesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { Attachment, PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** The network interfaces that a security group is attached to. */
export async function fetchNetworkInterfaces(client: EC2Client, group: Target): PortResult<readonly Attachment[]> {
  const interfaces = await fetchPages(
    `The network interfaces of ${targetArn(group)} cannot be read`,
    async (NextToken) => {
      const Filters = [{ Name: 'group-id', Values: [group.id] }];
      const page = await client.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 1000, NextToken }));
      return { items: page.NetworkInterfaces ?? [], nextToken: page.NextToken };
    },
  );
  if (!interfaces.ok) return interfaces;
  return success(
    interfaces.value.map(({ NetworkInterfaceId: id = '', Description, Attachment, InterfaceType }) => ({
      kind: 'network-interface' as const,
      id,
      // Services describe the interfaces that they make; that of an instance is known by the instance.
      description: [Attachment?.InstanceId, Description ?? InterfaceType].filter(Boolean).join(' '),
    })),
  );
}
