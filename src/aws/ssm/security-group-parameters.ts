import type { ReferencedGroup, SecurityGroupRule, Tag } from '../../core/network/security-group-rule';
import { CALLS } from '../../core/planning/calls';
import type { SecurityGroupStep } from '../../core/planning/plan';
import { descriptionInRunbook, tagInRunbook } from '../../core/planning/runbook-text';
import { hasRoomForRemediationTag, REMEDIATION_TAG } from '../../core/planning/undo/undo-rules';
import { failure, success, type Result } from '../../core/result';
import type { RunbookRun } from '../../flow/ports';
import { toRunbookDocument } from './runbook-document';
import type { RunbookParameters } from './runbook-parameters';

/** One permission, as all four documents about security groups take it, and what the document of the call wants besides. */
export function toSecurityGroupParameters(
  run: RunbookRun,
  { call, rules }: SecurityGroupStep,
): Result<RunbookParameters, string> {
  const [first] = rules;
  if (!first) return failure('The step holds no rules.');
  if (rules.some((rule) => portsOf(rule) !== portsOf(first) || rule.IsEgress !== isEgress(call))) {
    const direction = isEgress(call) ? 'egress' : 'ingress';
    return failure(`The rules of the step are not ${direction} of one protocol and port range.`);
  }
  const sources: SourceParameters = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  for (const rule of rules) {
    const source = toSource(rule, authorizes(call));
    if (!source) return failure(`Rule ${rule.SecurityGroupRuleId ?? '(new)'} has no source.`);
    sources[source.parameter].push(JSON.stringify(source.value));
  }
  return success({
    SecurityGroupId: [run.target.id],
    Protocol: [first.IpProtocol],
    FromPort: [String(first.FromPort ?? -1)],
    ToPort: [String(first.ToPort ?? -1)],
    ...Object.fromEntries(Object.entries(sources).filter(([, values]) => values.length > 0)),
    ...(authorizes(call) ? toAuthorizing(run, call, first.Tags ?? []) : {}),
  });
}

function authorizes(call: SecurityGroupStep['call']): boolean {
  return CALLS[call].effect === 'adds';
}

function isEgress(call: SecurityGroupStep['call']): boolean {
  return CALLS[call].direction === 'egress';
}

type SourceParameters = Record<'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs', string[]>;

function toSource(
  rule: SecurityGroupRule,
  withDescription: boolean,
): { readonly parameter: keyof SourceParameters; readonly value: Readonly<Record<string, string>> } | undefined {
  // EC2 ignores descriptions when it revokes; what owners of groups write is not carried where it serves nothing.
  const description: Readonly<Record<string, string>> =
    withDescription && rule.Description ? { Description: descriptionInRunbook(rule.Description) } : {};
  if (rule.CidrIpv4) return { parameter: 'IpRanges', value: { CidrIp: rule.CidrIpv4, ...description } };
  if (rule.CidrIpv6) return { parameter: 'Ipv6Ranges', value: { CidrIpv6: rule.CidrIpv6, ...description } };
  if (rule.PrefixListId) {
    return { parameter: 'PrefixListIds', value: { PrefixListId: rule.PrefixListId, ...description } };
  }
  const group = rule.ReferencedGroupInfo && toGroupPair(rule.ReferencedGroupInfo);
  return group && { parameter: 'UserIdGroupPairs', value: { ...group, ...description } };
}

/**
 * A group of another account, by a peering or a shared VPC, is known by its account too. The peering itself is only
 * told, never asked: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
function toGroupPair({ GroupId, UserId }: ReferencedGroup): Readonly<Record<string, string>> | undefined {
  if (GroupId === undefined) return undefined;
  return UserId === undefined ? { GroupId } : { GroupId, UserId };
}

function toAuthorizing(
  run: RunbookRun,
  call: SecurityGroupStep['call'],
  carriedOver: readonly Tag[],
): RunbookParameters {
  const restores = toRunbookDocument(run) === 'restoreRules';
  const own = carriedOver.filter(({ Key }) => !Key.toLowerCase().startsWith('aws:'));
  const tags = (restores ? own : withRemediation(own, run.remediationId)).map((tag) =>
    JSON.stringify(tagInRunbook(tag)),
  );
  const given = tags.length > 0 ? { Tags: tags } : {};
  if (!restores) return given;
  return {
    Direction: [isEgress(call) ? 'egress' : 'ingress'],
    // EC2 refuses a tag specification without tags.
    WithTags: [String(tags.length > 0)],
    ...given,
  };
}

function withRemediation(carriedOver: readonly Tag[], remediationId: string): readonly Tag[] {
  const others = carriedOver.filter(({ Key }) => Key !== REMEDIATION_TAG);
  return hasRoomForRemediationTag(others) ? [...others, { Key: REMEDIATION_TAG, Value: remediationId }] : others;
}

function portsOf(rule: SecurityGroupRule): string {
  return `${rule.IpProtocol} ${String(rule.FromPort ?? -1)} ${String(rule.ToPort ?? -1)}`;
}
