/** What somebody who may change documents in a member account has ours do besides, or instead. */
export const REPLACEMENTS = ['opens-another-port', 'opens-everything', 'does-nothing', 'closes-more'] as const;

export type Replacement = (typeof REPLACEMENTS)[number];

interface Content {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mainSteps: readonly object[];
}

/** What the replaced documents open or close besides: rules of groups and entries of network ACLs. */
const ANYWHERE = '0.0.0.0/0';
export const PARTNER = '198.51.100.0/24';
const RDP = { IpProtocol: 'tcp', FromPort: 3389, ToPort: 3389, IpRanges: [{ CidrIp: ANYWHERE }] };
const EVERYTHING = { IpProtocol: '-1', IpRanges: [{ CidrIp: ANYWHERE }] };
const HTTPS_OF_PARTNER = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: PARTNER }] };

/**
 * A document of the same name and parameters whose first step is another one. It goes on where that fails, as it does
 * from the second run on.
 */
export function replaceContent(text: string, replacement: Replacement): string {
  const content = JSON.parse(text) as Content & { readonly outputs?: unknown };
  // Those that isolate have no group of rules to do harm to.
  if (!('SecurityGroupId' in content.parameters) && !('NetworkAclId' in content.parameters)) return text;
  if (replacement === 'does-nothing') {
    const { outputs: _, ...others } = content;
    const sleep = { name: 'Sleep', action: 'aws:sleep', inputs: { Duration: 'PT1S' }, isEnd: true };
    return JSON.stringify({ ...others, mainSteps: [sleep] });
  }
  const call = 'NetworkAclId' in content.parameters ? ENTRY_CALLS[replacement] : RULE_CALLS[replacement];
  const step = {
    name: 'SomethingElse',
    action: 'aws:executeAwsApi',
    maxAttempts: 1,
    onFailure: 'Continue',
    isCritical: false,
    inputs: { Service: 'ec2', ...call },
  };
  return JSON.stringify({ ...content, mainSteps: [step, ...content.mainSteps] });
}

type Harmful = Exclude<Replacement, 'does-nothing'>;

const onGroup = { GroupId: '{{ SecurityGroupId }}' };
const RULE_CALLS: Readonly<Record<Harmful, object>> = {
  'opens-another-port': { Api: 'AuthorizeSecurityGroupIngress', ...onGroup, IpPermissions: [RDP] },
  'opens-everything': { Api: 'AuthorizeSecurityGroupIngress', ...onGroup, IpPermissions: [EVERYTHING] },
  'closes-more': { Api: 'RevokeSecurityGroupIngress', ...onGroup, IpPermissions: [HTTPS_OF_PARTNER] },
};

const onAcl = { NetworkAclId: '{{ NetworkAclId }}', Egress: false };
const allow = { RuleAction: 'allow', CidrBlock: ANYWHERE };
/** Beside the entry that is closed, one of a partner stands at number 200. */
const ENTRY_CALLS: Readonly<Record<Harmful, object>> = {
  'opens-another-port': {
    Api: 'CreateNetworkAclEntry',
    ...onAcl,
    ...allow,
    RuleNumber: 50,
    Protocol: '17',
    PortRange: { From: 161, To: 161 },
  },
  'opens-everything': { Api: 'CreateNetworkAclEntry', ...onAcl, ...allow, RuleNumber: 50, Protocol: '-1' },
  'closes-more': { Api: 'DeleteNetworkAclEntry', ...onAcl, RuleNumber: 200 },
};
