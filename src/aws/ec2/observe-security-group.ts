import {
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type SecurityGroup as DescribedGroup,
} from '@aws-sdk/client-ec2';
import { isDefaultGroup } from '../../core/network/default-group';
import type { SecurityGroup } from '../../core/network/security-group-rule';
import { success } from '../../core/result';
import { targetArn, type Target } from '../../core/target';
import type { Observation, PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';
import { fetchGroupRules } from './fetch-group-rules';
import { fetchNetworkInterfaces } from './network-interfaces';
import { fetchPrefixLists } from './prefix-lists';
import { toTags } from './to-tags';

/**
 * Reads a security group as it is now, with all of its rules and prefix lists; `gone` where EC2 says that there is
 * none of that id.
 */
export async function observeSecurityGroup(client: EC2Client, target: Target): PortResult<Observation> {
  const described = await fetchGroups(client, target);
  // A filter finds nothing where a list of ids would be answered by InvalidGroup.NotFound; both mean the same.
  if (!described.ok) return described.error.code === 'not-found' ? success({ kind: 'gone' }) : described;
  const group = described.value.find(({ GroupId }) => GroupId === target.id);
  if (!group) return success({ kind: 'gone' });

  const rules = await fetchGroupRules(client, [target.id], `The rules of ${targetArn(target)} cannot be read`);
  if (!rules.ok) return rules;
  const ingress = rules.value.filter((rule) => !rule.IsEgress);
  const prefixLists = await fetchPrefixLists(client, new Set(ingress.flatMap((rule) => rule.PrefixListId ?? [])));
  if (!prefixLists.ok) return prefixLists;

  const found: SecurityGroup = {
    kind: 'security-group',
    id: target.id,
    name: group.GroupName ?? '',
    ...(group.VpcId === undefined ? {} : { vpcId: group.VpcId }),
    tags: toTags(group.Tags),
    rules: rules.value,
    ...prefixLists.value,
  };
  if (isDefaultGroup(found) !== true) return success({ kind: 'found', resource: found });
  const interfaces = await fetchNetworkInterfaces(client, target);
  if (!interfaces.ok) return interfaces;
  const attachedInterfaceIds = interfaces.value.map(({ id }) => id);
  return success({ kind: 'found', resource: { ...found, attachedInterfaceIds } });
}

/**
 * By filter, because calls without one share a bucket of half the size:
 * https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 */
function fetchGroups(client: EC2Client, target: Target): PortResult<readonly DescribedGroup[]> {
  return fetchPages(`${targetArn(target)} cannot be read`, async (NextToken) => {
    const Filters = [{ Name: 'group-id', Values: [target.id] }];
    const page = await client.send(new DescribeSecurityGroupsCommand({ Filters, NextToken }));
    return { items: page.SecurityGroups ?? [], nextToken: page.NextToken };
  });
}
