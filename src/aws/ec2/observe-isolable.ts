import {
  DescribeInstancesCommand,
  DescribeNetworkInterfacesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type Instance,
  type NetworkInterface,
} from '@aws-sdk/client-ec2';
import type { Isolable, SeenInterface } from '../../core/isolation/isolable';
import type { SecurityGroup } from '../../core/network/security-group-rule';
import { success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { IsolableObservation, IsolableQuestion, Isolables, PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';
import { inChunks } from '../in-chunks';
import { createMemberClients } from '../sts/member-clients';
import type { MemberAccounts } from '../sts/member-credentials';
import { observeSecurityGroup } from './observe-security-group';
import { toTags } from './to-tags';

/** Values that one filter takes. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Filter.html */
const VALUES_A_FILTER = 200;

/** Reads with the session of the member role: what it may not read, tags among it, is a failure. */
export function createIsolables(accounts: MemberAccounts): Isolables {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  return {
    async observe(target, question, remediationId) {
      const client = await clientFor(target, remediationId);
      return client.ok ? observeIsolable(client.value, target, question) : client;
    },
  };
}

async function observeIsolable(
  client: EC2Client,
  target: Target,
  { groupName, groupIds }: IsolableQuestion,
): PortResult<IsolableObservation> {
  const own = await fetchInterfacesOf(client, target);
  if (!own.ok) return own;
  const instanceId = target.kind === 'instance' ? target.id : own.value[0]?.Attachment?.InstanceId;
  const instance = instanceId === undefined ? success(undefined) : await fetchInstance(client, target, instanceId);
  if (!instance.ok) return instance;
  const isGone = target.kind === 'instance' ? hasEnded(instance.value) : own.value.length === 0;
  if (isGone) return success({ kind: 'gone' });
  const interfaces = own.value.map(toSeenInterface);
  const around = await fetchNetworks(client, target, interfaces);
  if (!around.ok) return around;
  const vpcIds = [...new Set(interfaces.map(({ vpcId }) => vpcId))];
  const candidates = await fetchCandidates(client, target, { groupName, vpcIds });
  if (!candidates.ok) return candidates;
  const existing = await fetchExisting(client, target, groupIds);
  if (!existing.ok) return existing;
  const described = instance.value;
  const instanceTags = toTags(described?.Tags);
  const isInstance = target.kind === 'instance';
  const isolable: Isolable = {
    kind: isInstance ? 'instance' : 'network-interface',
    id: target.id,
    tags: isInstance ? instanceTags : (interfaces[0]?.tags ?? []),
    ...(isInstance && described?.State?.Name !== undefined ? { state: described.State.Name } : {}),
    interfaces,
    around: [
      ...(isInstance || instanceId === undefined ? [] : [{ id: instanceId, tags: instanceTags }]),
      ...around.value,
    ],
    candidates: candidates.value,
    existing: existing.value,
  };
  return success({ kind: 'found', isolable });
}

/** By filter: one that does not exist is then found by nobody, and no error. */
function fetchInterfacesOf(client: EC2Client, target: Target): PortResult<readonly NetworkInterface[]> {
  const Name = target.kind === 'instance' ? 'attachment.instance-id' : 'network-interface-id';
  return fetchPages(`The network interfaces of ${targetArn(target)} cannot be read`, async (NextToken) => {
    const Filters = [{ Name, Values: [target.id] }];
    const page = await client.send(new DescribeNetworkInterfacesCommand({ Filters, MaxResults: 1000, NextToken }));
    return { items: page.NetworkInterfaces ?? [], nextToken: page.NextToken };
  });
}

async function fetchInstance(client: EC2Client, target: Target, instanceId: string): PortResult<Instance | undefined> {
  const found = await fetchPages(
    `The instance ${instanceId} of ${targetArn(target)} cannot be read`,
    async (NextToken) => {
      const Filters = [{ Name: 'instance-id', Values: [instanceId] }];
      const page = await client.send(new DescribeInstancesCommand({ Filters, NextToken }));
      return { items: (page.Reservations ?? []).flatMap(({ Instances = [] }) => Instances), nextToken: page.NextToken };
    },
  );
  return found.ok ? success(found.value.find(({ InstanceId }) => InstanceId === instanceId)) : found;
}

/** A terminated instance shows for about an hour. */
function hasEnded(instance: Instance | undefined): boolean {
  const state = instance?.State?.Name;
  return instance === undefined || state === 'terminated' || state === 'shutting-down';
}

function toSeenInterface(one: NetworkInterface): SeenInterface {
  const groups = (one.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []).sort();
  const instanceId = one.Attachment?.InstanceId;
  return {
    interfaceId: one.NetworkInterfaceId ?? '',
    vpcId: one.VpcId ?? '',
    subnetId: one.SubnetId ?? '',
    groups,
    tags: toTags(one.TagSet),
    ...(one.RequesterManaged === true ? { managedBy: one.RequesterId ?? 'an AWS service' } : {}),
    ...(instanceId === undefined ? {} : { instanceId }),
  };
}

/** The subnets and VPCs of interfaces, whose tags may forbid isolation. */
async function fetchNetworks(
  client: EC2Client,
  target: Target,
  interfaces: readonly SeenInterface[],
): PortResult<Isolable['around']> {
  if (interfaces.length === 0) return success([]);
  const ids = (name: 'subnetId' | 'vpcId') => [...new Set(interfaces.map((one) => one[name]))];
  const subnets = await fetchPages(`The subnets of ${targetArn(target)} cannot be read`, async (NextToken) => {
    const Filters = [{ Name: 'subnet-id', Values: ids('subnetId') }];
    const page = await client.send(new DescribeSubnetsCommand({ Filters, NextToken }));
    return { items: page.Subnets ?? [], nextToken: page.NextToken };
  });
  if (!subnets.ok) return subnets;
  const vpcs = await fetchPages(`The VPCs of ${targetArn(target)} cannot be read`, async (NextToken) => {
    const Filters = [{ Name: 'vpc-id', Values: ids('vpcId') }];
    const page = await client.send(new DescribeVpcsCommand({ Filters, NextToken }));
    return { items: page.Vpcs ?? [], nextToken: page.NextToken };
  });
  if (!vpcs.ok) return vpcs;
  return success([
    ...subnets.value.map(({ SubnetId: id = '', Tags }) => ({ id, tags: toTags(Tags) })),
    ...vpcs.value.map(({ VpcId: id = '', Tags }) => ({ id, tags: toTags(Tags) })),
  ]);
}

/** Of the account itself: in a VPC that is shared with it, groups of the VPC's owner may show too. */
async function fetchCandidates(
  client: EC2Client,
  target: Target,
  { groupName, vpcIds }: { readonly groupName: string; readonly vpcIds: readonly string[] },
): PortResult<readonly SecurityGroup[]> {
  if (groupName === '' || vpcIds.length === 0) return success([]);
  const Filters = [
    { Name: 'group-name', Values: [groupName] },
    { Name: 'vpc-id', Values: [...vpcIds] },
    { Name: 'owner-id', Values: [target.account] },
  ];
  const named = await fetchGroupIds(client, target, Filters);
  if (!named.ok) return named;
  const groups: SecurityGroup[] = [];
  for (const id of named.value) {
    const observed = await observeSecurityGroup(client, { ...target, kind: 'security-group', id });
    if (!observed.ok) return observed;
    const { value } = observed;
    if (value.kind === 'found' && value.resource.kind === 'security-group') groups.push(value.resource);
  }
  return success(groups);
}

async function fetchExisting(
  client: EC2Client,
  target: Target,
  groupIds: readonly string[],
): PortResult<readonly string[]> {
  const existing: string[] = [];
  for (const some of inChunks(groupIds, VALUES_A_FILTER)) {
    const found = await fetchGroupIds(client, target, [{ Name: 'group-id', Values: [...some] }]);
    if (!found.ok) return found;
    existing.push(...found.value);
  }
  return success(existing);
}

function fetchGroupIds(
  client: EC2Client,
  target: Target,
  Filters: { Name: string; Values: string[] }[],
): PortResult<readonly string[]> {
  return fetchPages(`The security groups of ${targetArn(target)} cannot be read`, async (NextToken) => {
    const page = await client.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }));
    return { items: (page.SecurityGroups ?? []).flatMap(({ GroupId }) => GroupId ?? []), nextToken: page.NextToken };
  });
}
