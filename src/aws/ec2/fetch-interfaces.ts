import {
  DescribeNetworkInterfacesCommand,
  type EC2Client,
  type Filter,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { InterfaceSeen } from '../../core/context/interface-seen';
import type { Interfaces } from '../../core/context/surroundings';
import { success } from '../../core/result';
import type { PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';

/** Five full pages; what lies beyond is said to be more. */
const MOST_INTERFACES = 5_000;

/** Interfaces that a filter finds, up to so many; whether there are more is said. */
export async function fetchInterfaces(
  client: EC2Client,
  Filters: Filter[],
  most = MOST_INTERFACES,
): PortResult<Interfaces> {
  let seen: InterfaceSeen[] = [];
  let more = false;
  const pages = await fetchPages('ec2:DescribeNetworkInterfaces', async (NextToken) => {
    const page = await client.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 1000, NextToken }));
    if (page.NetworkInterfaces === undefined) return { items: undefined, nextToken: undefined };
    seen = [...seen, ...page.NetworkInterfaces.map(toInterfaceSeen)];
    const isLast = page.NextToken === undefined || page.NextToken === '';
    more = isLast ? seen.length > most : seen.length >= most;
    return { items: [], nextToken: more ? undefined : page.NextToken };
  });
  return pages.ok ? success({ seen: seen.slice(0, most), more }) : pages;
}

function toInterfaceSeen(one: NetworkInterface): InterfaceSeen {
  const publicIpv4 = [one.Association, ...(one.PrivateIpAddresses ?? []).map(({ Association }) => Association)];
  const { InstanceId: instanceId, AttachTime } = one.Attachment ?? {};
  const ipv6 = (one.Ipv6Addresses ?? []).flatMap(({ Ipv6Address }) => Ipv6Address ?? []);
  return {
    id: one.NetworkInterfaceId ?? '',
    vpcId: one.VpcId ?? '',
    subnetId: one.SubnetId ?? '',
    owner: one.OwnerId ?? '',
    type: one.InterfaceType ?? '',
    description: one.Description ?? '',
    ...(instanceId === undefined ? {} : { instanceId }),
    ...(AttachTime === undefined ? {} : { attachedAt: AttachTime.toISOString() }),
    publicIpv4: [...new Set(publicIpv4.flatMap((association) => association?.PublicIp ?? []))],
    ipv6,
    privateIps: [...(one.PrivateIpAddresses ?? []).flatMap(({ PrivateIpAddress }) => PrivateIpAddress ?? []), ...ipv6],
  };
}
