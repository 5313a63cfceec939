import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { Place } from '../deployed/place';
import { call, type Stage } from './stage';

/** A rule or an entry: what it says, and the id that EC2 gave it. */
export interface Line {
  readonly id: string;
  /** Everything but the id, with the ids of remediations left out. */
  readonly text: string;
}

export interface Target extends Place {
  readonly kind: 'security-group' | 'network-acl';
  readonly id: string;
}

export async function fetchRules(stage: Stage, target: Target): Promise<readonly SecurityGroupRule[]> {
  const Filters = [{ Name: 'group-id', Values: [target.id] }];
  const { SecurityGroupRules } = await call<{ readonly SecurityGroupRules: readonly SecurityGroupRule[] }>(
    ...([stage, target, 'ec2', 'DescribeSecurityGroupRules', { Filters }] as const),
  );
  return plain(SecurityGroupRules);
}

export async function fetchEntries(stage: Stage, target: Target): Promise<readonly NetworkAclEntry[]> {
  const { NetworkAcls } = await call<{
    readonly NetworkAcls: readonly { readonly Entries: readonly NetworkAclEntry[] }[];
  }>(...([stage, target, 'ec2', 'DescribeNetworkAcls', { NetworkAclIds: [target.id] }] as const));
  return plain(NetworkAcls[0]?.Entries ?? []);
}

export async function fetchLines(stage: Stage, target: Target): Promise<readonly Line[]> {
  if (target.kind === 'network-acl') {
    const entries = await fetchEntries(stage, target);
    return entries.map((entry) => ({ id: '', text: toLineText(entry, target) })).sort(byText);
  }
  const rules = await fetchRules(stage, target);
  return rules.map((rule) => ({ id: rule.SecurityGroupRuleId ?? '', text: toLineText(rule, target) })).sort(byText);
}

function byText(a: Line, b: Line): number {
  return a.text < b.text ? -1 : Number(a.text > b.text);
}

/** What a rule or an entry says, the same wherever it was read. */
export function toLineText(rule: object, target: Target): string {
  const {
    SecurityGroupRuleId: _i,
    GroupId: _g,
    GroupOwnerId: _o,
    SecurityGroupRuleArn: _a,
    Tags = [],
    ...rest
  } = rule as Record<string, unknown>;
  const tags = (Tags as readonly { readonly Key: string; readonly Value: string }[]).map(({ Key, Value }) => [
    Key,
    Value,
  ]);
  const fields = Object.entries({ ...rest, Tags: tags.sort() }).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(Object.fromEntries(fields))
    .replace(/rem-[0-9a-f]{16}/g, 'rem-*')
    .replaceAll(target.id, 'itself');
}

/** Everything that EC2 holds but the lines of the target, resource by resource. */
export async function fetchOthers(stage: Stage, target: Target): Promise<ReadonlyMap<string, string>> {
  const others = new Map<string, string>();
  for (const account of stage.world.accounts) {
    for (const region of stage.world.regions) {
      const place = { account, region };
      const { SecurityGroups } = await call<{ readonly SecurityGroups: readonly { readonly GroupId: string }[] }>(
        ...([stage, place, 'ec2', 'DescribeSecurityGroups', {}] as const),
      );
      for (const { GroupId, ...group } of SecurityGroups) {
        const rules = { IpPermissions: undefined, IpPermissionsEgress: undefined };
        others.set(GroupId, JSON.stringify(GroupId === target.id ? { ...group, ...rules } : group));
      }
      const { SecurityGroupRules } = await call<{
        readonly SecurityGroupRules: readonly { readonly SecurityGroupRuleId: string; readonly GroupId: string }[];
      }>(stage, place, 'ec2', 'DescribeSecurityGroupRules', {});
      for (const rule of SecurityGroupRules) {
        if (rule.GroupId !== target.id) others.set(rule.SecurityGroupRuleId, JSON.stringify(rule));
      }
      const { NetworkAcls } = await call<{
        readonly NetworkAcls: readonly { readonly NetworkAclId: string; readonly Entries: unknown }[];
      }>(stage, place, 'ec2', 'DescribeNetworkAcls', {});
      for (const { NetworkAclId, Entries, ...acl } of NetworkAcls) {
        others.set(NetworkAclId, JSON.stringify(NetworkAclId === target.id ? acl : { ...acl, Entries }));
      }
    }
  }
  return others;
}

/** By way of JSON, as the wire does it: fields that are undefined are fields that are not there. */
function plain<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
