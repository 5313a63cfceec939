import {
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { success } from '../../core/result';
import type { Fullest, PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/**
 * What holds most of the rules, entries or groups that a quota counts. EC2 counts rules and entries by direction and
 * address family; a prefix list counts as one here, and as many as it may hold there.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 */
export async function fetchFullest(
  client: EC2Client,
  kind: 'security-group' | 'network-acl' | 'network-interface',
): PortResult<Fullest | undefined> {
  const holders = await {
    'security-group': holdersOfRules,
    'network-acl': holdersOfEntries,
    'network-interface': holdersOfGroups,
  }[kind](client);
  if (!holders.ok) return holders;
  const counts = new Map<string, number>();
  for (const holder of holders.value) counts.set(holder, (counts.get(holder) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return success(most === undefined ? undefined : { id: most[0].split(' ')[0] ?? '', held: most[1] });
}

/** One for each rule: its group, direction and family. */
function holdersOfRules(client: EC2Client): PortResult<readonly string[]> {
  return fetchPages('The rules of security groups cannot be read', async (NextToken) => {
    const page = await client.send(new DescribeSecurityGroupRulesCommand({ NextToken }));
    const items = (page.SecurityGroupRules ?? []).map(
      ({ GroupId = '', IsEgress, CidrIpv6 }) => `${GroupId} ${IsEgress ? 'out' : 'in'} ${CidrIpv6 ? '6' : '4'}`,
    );
    return { items, nextToken: page.NextToken };
  });
}

function holdersOfEntries(client: EC2Client): PortResult<readonly string[]> {
  return fetchPages('The network ACLs cannot be read', async (NextToken) => {
    const page = await client.send(new DescribeNetworkAclsCommand({ NextToken }));
    const items = (page.NetworkAcls ?? []).flatMap(({ NetworkAclId = '', Entries = [] }) =>
      Entries.map(
        ({ Egress, Ipv6CidrBlock }) => `${NetworkAclId} ${Egress ? 'out' : 'in'} ${Ipv6CidrBlock ? '6' : '4'}`,
      ),
    );
    return { items, nextToken: page.NextToken };
  });
}

function holdersOfGroups(client: EC2Client): PortResult<readonly string[]> {
  return fetchPages('The network interfaces cannot be read', async (NextToken) => {
    const page = await client.send(new DescribeNetworkInterfacesCommand({ NextToken }));
    const items = (page.NetworkInterfaces ?? []).flatMap(({ NetworkInterfaceId = '', Groups = [] }) =>
      Groups.map(() => NetworkInterfaceId),
    );
    return { items, nextToken: page.NextToken };
  });
}
