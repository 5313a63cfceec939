import {
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';
import type { SecurityGroupRule, Tag } from '../core/network/security-group-rule';
import { securityGroupRuleSchema } from '../core/network/security-group-schema';
import { failure, success } from '../core/result';
import { targetArn, type Target } from '../core/target';
import type { Observation, Outcome, Targets } from '../flow/ports';
import { attempt } from './aws-failure';
import { createMemberClients } from './member-clients';
import type { MemberAccounts } from './member-credentials';

/** Reads with the session of the member role: what it may not read is a failure, never an empty answer. */
export function createTargets(accounts: MemberAccounts): Targets {
  const clientFor = createMemberClients(accounts, (configuration) => new EC2Client(configuration));
  return {
    async observe(target, remediationId) {
      if (target.kind !== 'security-group') {
        return failure({ code: 'invalid', retryable: false, cause: `${targetArn(target)} is not a security group.` });
      }
      const client = await clientFor(target, remediationId);
      return client.ok ? observeGroup(client.value, target) : client;
    },
  };
}

async function observeGroup(client: EC2Client, target: Target): Outcome<Observation> {
  const described = await attempt(`${targetArn(target)} cannot be read`, () =>
    client.send(new DescribeSecurityGroupsCommand({ GroupIds: [target.id] })),
  );
  if (!described.ok) return described.error.code === 'not-found' ? success({ kind: 'gone' }) : described;
  const group = described.value.SecurityGroups?.[0];
  if (!group) return success({ kind: 'gone' });

  const rules = await fetchRules(client, target);
  if (!rules.ok) return rules;
  const prefixLists = await fetchPrefixLists(client, rules.value);
  if (!prefixLists.ok) return prefixLists;

  return success({
    kind: 'found',
    group: {
      kind: 'security-group',
      id: target.id,
      name: group.GroupName ?? '',
      ...(group.VpcId === undefined ? {} : { vpcId: group.VpcId }),
      tags: (group.Tags ?? []).map(({ Key = '', Value = '' }): Tag => ({ Key, Value })),
      rules: rules.value,
      prefixLists: prefixLists.value,
    },
  });
}

async function fetchRules(client: EC2Client, target: Target): Outcome<readonly SecurityGroupRule[]> {
  const rules: SecurityGroupRule[] = [];
  let token: string | undefined;
  do {
    const page = await attempt(`The rules of ${targetArn(target)} cannot be read`, () =>
      client.send(
        new DescribeSecurityGroupRulesCommand({
          Filters: [{ Name: 'group-id', Values: [target.id] }],
          MaxResults: 1000,
          NextToken: token,
        }),
      ),
    );
    if (!page.ok) return page;
    for (const rule of page.value.SecurityGroupRules ?? []) {
      // By way of JSON: fields that the SDK sets to undefined are fields that are not there.
      const parsed = securityGroupRuleSchema.safeParse(JSON.parse(JSON.stringify(rule)));
      if (!parsed.success) {
        const cause = `EC2 answered a rule of ${targetArn(target)} that cannot be understood: ${parsed.error.message}`;
        return failure({ code: 'unknown', retryable: false, cause });
      }
      rules.push(parsed.data);
    }
    token = page.value.NextToken;
  } while (token !== undefined && token !== '');
  return success(rules);
}

/** Entries of the lists that ingress rules name. One that we may not read stays out, and its rule cannot be judged. */
async function fetchPrefixLists(
  client: EC2Client,
  rules: readonly SecurityGroupRule[],
): Outcome<Readonly<Record<string, readonly string[]>>> {
  const ids = new Set(rules.flatMap((rule) => (rule.IsEgress ? [] : (rule.PrefixListId ?? []))));
  const lists: Record<string, readonly string[]> = {};
  for (const id of ids) {
    const entries = await fetchEntries(client, id);
    if (entries.ok) lists[id] = entries.value;
    else if (entries.error.retryable) return entries;
  }
  return success(lists);
}

async function fetchEntries(client: EC2Client, prefixListId: string): Outcome<readonly string[]> {
  const cidrs: string[] = [];
  let token: string | undefined;
  do {
    const page = await attempt(`Prefix list ${prefixListId} cannot be read`, () =>
      client.send(
        new GetManagedPrefixListEntriesCommand({ PrefixListId: prefixListId, MaxResults: 100, NextToken: token }),
      ),
    );
    if (!page.ok) return page;
    cidrs.push(...(page.value.Entries ?? []).flatMap((entry) => entry.Cidr ?? []));
    token = page.value.NextToken;
  } while (token !== undefined && token !== '');
  return success(cidrs);
}
