import type { ReferencedGroup, SecurityGroupRule, Tag } from '../../core/network/security-group-rule';
import { CALLS } from '../../core/planning/calls';
import type { SecurityGroupCall } from '../../core/planning/calls';
import type { SecurityGroupStep } from '../../core/planning/plan';
import { descriptionInRunbook, tagInRunbook } from '../../core/planning/runbook-text';
import { hasRoomForRemediationTag, REMEDIATION_TAG } from '../../core/planning/undo/undo-rules';
import { failure, success, type Result } from '../../core/result';
import type { RunbookRun } from '../../flow/ports';
import type { RunbookForm } from './runbook-form';

/** Endings of the documents that take texts and numbers only; ssm-documents/ describes them. */
const PLAIN_FORMS: Readonly<Record<SecurityGroupCall, readonly string[]>> = {
  AuthorizeSecurityGroupIngress: ['', 'Ipv6', 'DualStack', 'Marked', 'Ipv6Marked', 'DualStackMarked'],
  AuthorizeSecurityGroupEgress: [''],
  RevokeSecurityGroupIngress: ['', 'Ipv6', 'DualStack'],
  RevokeSecurityGroupEgress: [''],
};

/**
 * One permission: its protocol, ports and sources, and the tags of new rules. A source or two, one of each address
 * family, without a description or tags of others travel as texts; only the others need lists of maps, of which Systems
 * Manager's pages show no example.
 */
export function toSecurityGroupParameters(
  run: RunbookRun,
  { call, rules }: SecurityGroupStep,
): Result<RunbookForm, string> {
  const [first] = rules;
  if (!first) return failure('The step holds no rules.');
  if (rules.some((rule) => portsOf(rule) !== portsOf(first) || rule.IsEgress !== isEgress(call))) {
    return failure(`The rules of the step are not ${CALLS[call].direction} of one protocol and port range.`);
  }
  const sources: SourceParameters = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] };
  for (const rule of rules) {
    const source = toSource(rule, authorizes(call));
    if (!source) return failure(`Rule ${rule.SecurityGroupRuleId ?? '(new)'} has no source.`);
    sources[source.parameter].push(JSON.stringify(source.value));
  }
  const tags = authorizes(call) ? tagsFor(run, first.Tags ?? []) : [];
  const permission = {
    SecurityGroupId: [run.target.id],
    Protocol: [first.IpProtocol],
    FromPort: [String(first.FromPort ?? -1)],
    ToPort: [String(first.ToPort ?? -1)],
  };
  const plain = toPlainForm(call, rules, tags, run.remediationId);
  if (plain !== undefined) return success({ form: plain.form, parameters: { ...permission, ...plain.parameters } });
  return success({
    form: tags.length > 0 ? 'ListsTags' : 'Lists',
    parameters: {
      ...permission,
      ...Object.fromEntries(Object.entries(sources).filter(([, values]) => values.length > 0)),
      ...(tags.length > 0 ? { Tags: tags.map((tag) => JSON.stringify(tagInRunbook(tag))) } : {}),
    },
  });
}

/** Undefined when a text cannot say it. */
function toPlainForm(
  call: SecurityGroupCall,
  rules: readonly SecurityGroupRule[],
  tags: readonly Tag[],
  remediationId: string,
): RunbookForm | undefined {
  const ipv4 = rules.flatMap(({ CidrIpv4 }) => CidrIpv4 ?? []);
  const ipv6 = rules.flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []);
  if (ipv4.length > 1 || ipv6.length > 1 || ipv4.length + ipv6.length < rules.length) return undefined;
  if (authorizes(call) && rules.some(({ Description }) => Description)) return undefined;
  const isMarked = tags.length === 1 && tags[0]?.Key === REMEDIATION_TAG && tags[0].Value === remediationId;
  if (tags.length > 0 && !isMarked) return undefined;
  const families = ipv4.length + ipv6.length === 2 ? 'DualStack' : ipv6.length === 1 ? 'Ipv6' : '';
  const form = `${families}${isMarked ? 'Marked' : ''}`;
  if (!PLAIN_FORMS[call].includes(form)) return undefined;
  return {
    form,
    parameters: {
      ...(ipv4.length > 0 ? { CidrIp: ipv4 } : {}),
      ...(ipv6.length > 0 ? { CidrIpv6: ipv6 } : {}),
      ...(isMarked ? { RemediationId: [remediationId] } : {}),
    },
  };
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
 * notified, never asked: https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
function toGroupPair({ GroupId, UserId }: ReferencedGroup): Readonly<Record<string, string>> | undefined {
  if (GroupId === undefined) return undefined;
  return UserId === undefined ? { GroupId } : { GroupId, UserId };
}

/** What an undo puts back has the tags that it had; what a closing leaves open is marked as its own besides. */
function tagsFor({ action, remediationId }: RunbookRun, carriedOver: readonly Tag[]): readonly Tag[] {
  const own = carriedOver.filter(({ Key }) => !Key.toLowerCase().startsWith('aws:'));
  return action === 'undo' ? own : withRemediation(own, remediationId);
}

function withRemediation(carriedOver: readonly Tag[], remediationId: string): readonly Tag[] {
  const others = carriedOver.filter(({ Key }) => Key !== REMEDIATION_TAG);
  return hasRoomForRemediationTag(others) ? [...others, { Key: REMEDIATION_TAG, Value: remediationId }] : others;
}

function portsOf(rule: SecurityGroupRule): string {
  return `${rule.IpProtocol} ${String(rule.FromPort ?? -1)} ${String(rule.ToPort ?? -1)}`;
}
