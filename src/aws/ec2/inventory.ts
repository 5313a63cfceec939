import {
  DescribeNetworkAclsCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  type SecurityGroup as DescribedGroup,
} from '@aws-sdk/client-ec2';
import { networkAclSchema } from '../../core/network/network-acl-schema';
import type { SecurityGroup, SecurityGroupRule } from '../../core/network/security-group-rule';
import { securityGroupRuleSchema } from '../../core/network/security-group-schema';
import type { Resource } from '../../core/resource';
import { success } from '../../core/result';
import { placeKey, type Place } from '../../core/sweeping/place';
import type { Inventory, Inventoried, PortResult } from '../../flow/ports';
import { fetchPages } from '../fetch-pages';
import type { MemberSessions } from '../sts/member-sessions';
import { fetchPrefixLists } from './prefix-lists';
import { toTags } from './to-tags';

/** The most that EC2 gives at a time, so that a Region of thousands of groups takes few calls. */
const PER_PAGE = 1000;

/** Whole Regions of accounts at a time: three lists, and the prefix lists that rules name. */
export function createInventory(sessions: MemberSessions): Inventory {
  return {
    async readPlace(place, session) {
      const made = await sessions.clientFor(place, session, (configuration) => new EC2Client(configuration));
      if (!made.ok) return made;
      const client = made.value;
      try {
        const groups = await readGroups(client, place);
        if (!groups.ok) return groups;
        const acls = await readNetworkAcls(client, place);
        if (!acls.ok) return acls;
        const both = [groups.value, acls.value];
        return success({
          resources: both.flatMap(({ resources }) => resources),
          notUnderstood: both.flatMap(({ notUnderstood }) => notUnderstood),
        });
      } finally {
        client.destroy();
      }
    },
  };
}

async function readGroups(client: EC2Client, place: Place): PortResult<Inventoried> {
  const where = placeKey(place);
  const described = await fetchPages(`Security groups of ${where} cannot be read`, async (NextToken) => {
    const page = await client.send(new DescribeSecurityGroupsCommand({ MaxResults: PER_PAGE, NextToken }));
    return { items: page.SecurityGroups ?? [], nextToken: page.NextToken };
  });
  if (!described.ok) return described;
  const read = await fetchPages(`Security group rules of ${where} cannot be read`, async (NextToken) => {
    const page = await client.send(new DescribeSecurityGroupRulesCommand({ MaxResults: PER_PAGE, NextToken }));
    return { items: page.SecurityGroupRules ?? [], nextToken: page.NextToken };
  });
  if (!read.ok) return read;
  const rules = new Map<string, SecurityGroupRule[]>();
  const problems = new Map<string, string>();
  for (const each of read.value) {
    const id = each.GroupId ?? '';
    // By way of JSON: fields that the SDK sets to undefined are fields that are not there.
    const rule = securityGroupRuleSchema.safeParse(JSON.parse(JSON.stringify(each)));
    if (!rule.success) problems.set(id, `EC2 answered a rule that cannot be understood: ${rule.error.message}`);
    else rules.set(id, [...(rules.get(id) ?? []), rule.data]);
  }
  const all = [...rules.values()].flat();
  const lists = await fetchPrefixLists(
    client,
    new Set(all.flatMap((rule) => (rule.IsEgress ? [] : (rule.PrefixListId ?? [])))),
  );
  if (!lists.ok) return lists;
  // Groups that others share with the account are theirs to close.
  const own = described.value.filter(({ OwnerId }) => OwnerId === undefined || OwnerId === place.account);
  return success({
    resources: own.flatMap((group) =>
      problems.has(group.GroupId ?? '') ? [] : toGroup(group, rules.get(group.GroupId ?? '') ?? [], lists.value),
    ),
    notUnderstood: [...problems].map(([id, reason]) => ({ id, reason })),
  });
}

function toGroup(
  { GroupId: id = '', GroupName, VpcId, Tags }: DescribedGroup,
  rules: readonly SecurityGroupRule[],
  lists: Pick<Required<SecurityGroup>, 'prefixLists' | 'prefixListVersions'>,
): SecurityGroup {
  const named = new Set(rules.flatMap(({ PrefixListId }) => PrefixListId ?? []));
  const ofThese = <Value>(all: Readonly<Record<string, Value>>) =>
    Object.fromEntries(Object.entries(all).filter(([list]) => named.has(list)));
  return {
    kind: 'security-group',
    id,
    name: GroupName ?? '',
    ...(VpcId === undefined ? {} : { vpcId: VpcId }),
    tags: toTags(Tags),
    rules,
    prefixLists: ofThese(lists.prefixLists),
    prefixListVersions: ofThese(lists.prefixListVersions),
  };
}

async function readNetworkAcls(client: EC2Client, place: Place): PortResult<Inventoried> {
  const described = await fetchPages(`Network ACLs of ${placeKey(place)} cannot be read`, async (NextToken) => {
    const page = await client.send(new DescribeNetworkAclsCommand({ MaxResults: PER_PAGE, NextToken }));
    return { items: page.NetworkAcls ?? [], nextToken: page.NextToken };
  });
  if (!described.ok) return described;
  const resources: Resource[] = [];
  const notUnderstood: { readonly id: string; readonly reason: string }[] = [];
  for (const acl of described.value) {
    if (acl.OwnerId !== undefined && acl.OwnerId !== place.account) continue;
    const { NetworkAclId: id = '', IsDefault, VpcId, Tags, Entries } = acl;
    const read = { kind: 'network-acl', id, isDefault: IsDefault, vpcId: VpcId, tags: toTags(Tags), entries: Entries };
    const parsed = networkAclSchema.safeParse(JSON.parse(JSON.stringify(read)));
    if (parsed.success) resources.push(parsed.data);
    else
      notUnderstood.push({
        id,
        reason: `EC2 answered it in a form that cannot be understood: ${parsed.error.message}`,
      });
  }
  return success({ resources, notUnderstood });
}
