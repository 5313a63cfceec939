import type { SecurityGroupRule, Tag } from '../core/network/security-group-rule';
import { failure, success, type Result } from '../core/result';
import type { RunbookRun } from '../flow/ports';

/** Tag on every rule that a remediation creates. */
export const REMEDIATION_TAG = 'portcullis:remediation';

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_StartAutomationExecution.html */
const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 512;

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const MAX_TAGS = 50;

export type RunbookParameters = Readonly<Record<string, readonly string[]>>;

/**
 * A plan step as the parameters of its document. Nothing is dropped to make it fit: what does not fit into one run is
 * an error, and nothing is started.
 */
export function toRunbookParameters(run: RunbookRun, assumeRoleArn: string): Result<RunbookParameters, string> {
  const { target, step } = run;
  const [first] = step.rules;
  if (!first) return failure('The step holds no rules.');
  if (step.rules.some((rule) => portsOf(rule) !== portsOf(first) || rule.IsEgress)) {
    return failure('The rules of the step are not ingress of one protocol and port range.');
  }
  const authorizes = step.call === 'AuthorizeSecurityGroupIngress';
  const sources = { IpRanges: [], Ipv6Ranges: [], PrefixListIds: [], UserIdGroupPairs: [] } as SourceParameters;
  for (const rule of step.rules) {
    const source = toSource(rule, authorizes);
    if (!source) return failure(`Rule ${rule.SecurityGroupRuleId ?? '(new)'} has a source that no document takes.`);
    sources[source.parameter].push(JSON.stringify(source.value));
  }
  const parameters: Record<string, readonly string[]> = {
    AutomationAssumeRole: [assumeRoleArn],
    SecurityGroupId: [target.id],
    Protocol: [first.IpProtocol],
    FromPort: [String(first.FromPort ?? -1)],
    ToPort: [String(first.ToPort ?? -1)],
    ...Object.fromEntries(Object.entries(sources).filter(([, values]) => values.length > 0)),
    ...(authorizes ? { Tags: toTags(first.Tags ?? [], run.remediationId).map((tag) => JSON.stringify(tag)) } : {}),
  };
  const tooLarge = Object.entries(parameters).find(
    ([, values]) => values.length > MAX_VALUES || values.some((value) => value.length > MAX_VALUE_LENGTH),
  );
  if (tooLarge) {
    return failure(
      `Parameter ${tooLarge[0]} does not fit into one runbook run (${String(MAX_VALUES)} values of ${String(MAX_VALUE_LENGTH)} characters).`,
    );
  }
  return success(parameters);
}

type SourceParameters = Record<'IpRanges' | 'Ipv6Ranges' | 'PrefixListIds' | 'UserIdGroupPairs', string[]>;

function toSource(
  rule: SecurityGroupRule,
  authorizes: boolean,
): { readonly parameter: keyof SourceParameters; readonly value: Readonly<Record<string, string>> } | undefined {
  // EC2 ignores descriptions when it revokes; what owners of groups write is not carried where it serves nothing.
  const description: Readonly<Record<string, string>> =
    authorizes && rule.Description ? { Description: withoutReferences(rule.Description) } : {};
  if (rule.CidrIpv4) return { parameter: 'IpRanges', value: { CidrIp: rule.CidrIpv4, ...description } };
  if (rule.CidrIpv6) return { parameter: 'Ipv6Ranges', value: { CidrIpv6: rule.CidrIpv6, ...description } };
  if (rule.PrefixListId) {
    return { parameter: 'PrefixListIds', value: { PrefixListId: rule.PrefixListId, ...description } };
  }
  return undefined;
}

/** Tags with the reserved prefix are AWS's own and cannot be set. The document wants at least one tag. */
function toTags(carriedOver: readonly Tag[], remediationId: string): readonly Tag[] {
  const own = carriedOver.filter(({ Key }) => !Key.toLowerCase().startsWith('aws:') && Key !== REMEDIATION_TAG);
  const kept = own.map(({ Key, Value }) => ({ Key: withoutReferences(Key), Value: withoutReferences(Value) }));
  return kept.length < MAX_TAGS ? [...kept, { Key: REMEDIATION_TAG, Value: remediationId }] : kept;
}

/**
 * SSM replaces `{{ssm:name}}` in parameter values by the parameter's value: whoever may describe a rule could have the
 * runbook read for him. https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-working.html
 */
function withoutReferences(text: string): string {
  return text.replace(/\{(?=\{)/g, '{ ');
}

function portsOf(rule: SecurityGroupRule): string {
  return `${rule.IpProtocol} ${String(rule.FromPort ?? -1)} ${String(rule.ToPort ?? -1)}`;
}
