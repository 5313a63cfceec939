import { toRunbookStart, withWholeLists } from '../../../src/aws/ssm/runbook-parameters';
import { toRunbookStatus } from '../../../src/aws/ssm/runbooks';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { PlanStep } from '../../../src/core/planning/plan';
import { success } from '../../../src/core/result';
import { ingress, TARGET } from '../../flow/in-memory-ports';

const ROLE = 'arn:aws-us-gov:iam::222222222222:role/Portcullis-Runbook';

function started(step: PlanStep, action: 'close' | 'undo' = 'close', target = TARGET) {
  return toRunbookStart(
    { target, remediationId: 'rem-0123456789abcdef', action, runId: 'rem-0123456789abcdef/0.0', step },
    ROLE,
  );
}

function parameters(...of: Parameters<typeof started>) {
  const start = started(...of);
  return start.ok ? success(start.value.parameters) : start;
}

function documentOf(...of: Parameters<typeof started>): string {
  const start = started(...of);
  if (!start.ok) throw new Error(start.error);
  return start.value.document;
}

const revoke = (...rules: SecurityGroupRule[]): PlanStep => ({ call: 'RevokeSecurityGroupIngress', rules });
const authorize = (...rules: SecurityGroupRule[]): PlanStep => ({ call: 'AuthorizeSecurityGroupIngress', rules });

describe('the parameters of a runbook', () => {
  test('hold each source of several as one JSON object, by its kind', () => {
    const step = revoke(
      ingress('sgr-1'),
      ingress('sgr-2', { CidrIpv6: '::/0' }),
      ingress('sgr-3', { PrefixListId: 'pl-0123456789abcdef0' }),
    );
    expect(parameters(step)).toEqual({
      ok: true,
      value: {
        AutomationAssumeRole: [ROLE],
        SecurityGroupId: [TARGET.id],
        Protocol: ['tcp'],
        FromPort: ['22'],
        ToPort: ['22'],
        IpRanges: ['{"CidrIp":"0.0.0.0/0"}'],
        Ipv6Ranges: ['{"CidrIpv6":"::/0"}'],
        PrefixListIds: ['{"PrefixListId":"pl-0123456789abcdef0"}'],
      },
    });
  });

  test('carry descriptions and tags over to a new rule, and name the remediation', () => {
    const rule = ingress('sgr-1', {
      Description: 'web',
      Tags: [
        { Key: 'owner', Value: 'web' },
        { Key: 'aws:cloudformation:stack-name', Value: 'web' },
        { Key: 'portcullis:remediation', Value: 'rem-older' },
      ],
    });
    expect(parameters(authorize(rule))).toMatchObject({
      value: {
        IpRanges: ['{"CidrIp":"0.0.0.0/0","Description":"web"}'],
        Tags: ['{"Key":"owner","Value":"web"}', '{"Key":"portcullis:remediation","Value":"rem-0123456789abcdef"}'],
      },
    });
  });

  test('carry no description where EC2 ignores it', () => {
    expect(JSON.stringify(parameters(revoke(ingress('sgr-1', { Description: 'web' }))))).not.toContain('web');
  });

  test('cannot make SSM read its parameter store', () => {
    const rule = ingress('sgr-1', {
      Description: '{{ssm:/prod/password}} {{{x',
      Tags: [{ Key: 'a', Value: '{{ssm:b}}' }],
    });
    const text = JSON.stringify(parameters(authorize(rule)));
    expect(text).not.toContain('{{');
    expect(text).toContain('{ {ssm:/prod/password}}');
  });

  test('say all ports as -1', () => {
    const rule = { IsEgress: false, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
    expect(parameters(revoke(rule))).toMatchObject({ value: { Protocol: ['-1'], FromPort: ['-1'], ToPort: ['-1'] } });
  });

  test('leave our tag out when the rule has as many tags as it may have', () => {
    const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `k${String(i)}`, Value: 'v' }));
    const result = parameters(authorize(ingress('sgr-1', { Tags })));
    expect(result.ok && result.value['Tags']).toHaveLength(50);
    expect(JSON.stringify(result)).not.toContain('portcullis:remediation');
  });

  test.each([
    ['no rules', revoke(), 'no rules'],
    [
      'rules of different ports',
      revoke(ingress('sgr-1'), ingress('sgr-2', { ToPort: 23 })),
      'one protocol and port range',
    ],
    ['egress among ingress', revoke({ ...ingress('sgr-1'), IsEgress: true }), 'not ingress'],
    ['ingress among egress', { call: 'RevokeSecurityGroupEgress', rules: [ingress('sgr-1')] }, 'not egress'],
    ['a rule without a source', revoke({ IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22 }), 'no source'],
    [
      'a referenced group without an id',
      revoke({ IsEgress: false, IpProtocol: '-1', ReferencedGroupInfo: { UserId: '333333333333' } }),
      'no source',
    ],
    [
      'more sources than a parameter takes',
      revoke(...Array.from({ length: 51 }, (_, i) => ingress(`sgr-${String(i)}`))),
      'IpRanges',
    ],
    ['a value that is too long', authorize(ingress('sgr-1', { Tags: [{ Key: 'k', Value: 'é'.repeat(600) }] })), 'Tags'],
  ] satisfies [string, PlanStep, string][])('are refused for %s', (_, step, reason) => {
    expect(parameters(step)).toEqual({ ok: false, error: expect.stringContaining(reason) as string });
  });
});

describe('a source that is a security group', () => {
  const from = (ReferencedGroupInfo: SecurityGroupRule['ReferencedGroupInfo']): SecurityGroupRule => ({
    IsEgress: false,
    IpProtocol: '-1',
    Description: 'app',
    ...(ReferencedGroupInfo && { ReferencedGroupInfo }),
  });

  test('is named by its id', () => {
    expect(parameters(revoke(from({ GroupId: 'sg-0fedcba9876543210' })))).toMatchObject({
      value: { UserIdGroupPairs: ['{"GroupId":"sg-0fedcba9876543210"}'] },
    });
  });

  test('is named with its account, and without the peering, which EC2 only shows', () => {
    const group = {
      GroupId: 'sg-0fedcba9876543210',
      UserId: '333333333333',
      VpcId: 'vpc-1',
      VpcPeeringConnectionId: 'pcx-1',
      PeeringStatus: 'active',
    };
    expect(parameters(authorize(from(group)))).toMatchObject({
      value: {
        UserIdGroupPairs: ['{"GroupId":"sg-0fedcba9876543210","UserId":"333333333333","Description":"app"}'],
      },
    });
  });
});

describe('an undo', () => {
  const Tags = [
    { Key: 'owner', Value: 'web' },
    { Key: 'portcullis:remediation', Value: 'rem-older' },
  ];

  test('puts back the tags that were there, and adds none', () => {
    expect(parameters(authorize(ingress('sgr-1', { Description: 'web', Tags })), 'undo')).toMatchObject({
      value: {
        IpRanges: ['{"CidrIp":"0.0.0.0/0","Description":"web"}'],
        Tags: Tags.map((tag) => JSON.stringify(tag)),
      },
    });
  });

  test('says when there were no tags', () => {
    const step: PlanStep = {
      call: 'AuthorizeSecurityGroupEgress',
      rules: [{ IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' }],
    };
    const result = parameters(step, 'undo');
    expect(documentOf(step, 'undo')).toBe('AuthorizeSecurityGroupEgress');
    expect(result.ok && result.value).not.toHaveProperty('Tags');
  });

  test('takes away what the closing added like any other ingress', () => {
    expect(parameters(revoke(ingress('sgr-1')), 'undo')).toEqual(parameters(revoke(ingress('sgr-1')), 'close'));
  });
});

describe('an entry of a network ACL', () => {
  const acl = { ...TARGET, kind: 'network-acl', id: 'acl-0123456789abcdef0' } as const;
  const entry: NetworkAclEntry = {
    RuleNumber: 100,
    Egress: false,
    RuleAction: 'allow',
    Protocol: '6',
    CidrBlock: '0.0.0.0/0',
    PortRange: { From: 0, To: 21 },
  };
  const common = { AutomationAssumeRole: [ROLE], NetworkAclId: [acl.id], RuleNumber: ['100'], Egress: ['false'] };

  test.each(['CreateNetworkAclEntry', 'ReplaceNetworkAclEntry'] as const)('of %s carries its ports', (call) => {
    expect(started({ call, rules: [entry] }, 'close', acl)).toEqual({
      ok: true,
      value: {
        document: call,
        parameters: {
          ...common,
          RuleAction: ['allow'],
          ProtocolNumber: ['6'],
          CidrIp: ['0.0.0.0/0'],
          FromPort: ['0'],
          ToPort: ['21'],
        },
      },
    });
  });

  test('of all protocols carries all ports, which EC2 ignores', () => {
    const { PortRange, ...rest } = { ...entry, Protocol: '-1' };
    expect(PortRange).toBeDefined();
    expect(started({ call: 'CreateNetworkAclEntry', rules: [rest] }, 'close', acl)).toEqual({
      ok: true,
      value: {
        document: 'CreateNetworkAclEntry',
        parameters: {
          ...common,
          RuleAction: ['allow'],
          ProtocolNumber: ['-1'],
          CidrIp: ['0.0.0.0/0'],
          FromPort: ['0'],
          ToPort: ['65535'],
        },
      },
    });
  });

  test('carries its ICMP type and code, and its IPv6 source, by a document of its own', () => {
    const { CidrBlock, PortRange, ...rest } = entry;
    expect([CidrBlock, PortRange]).toBeDefined();
    const icmp = { ...rest, Protocol: '58', Ipv6CidrBlock: '::/0', IcmpTypeCode: { Type: 128, Code: 0 } };
    expect(started({ call: 'CreateNetworkAclEntry', rules: [icmp] }, 'close', acl)).toMatchObject({
      value: {
        document: 'CreateNetworkAclEntry-Ipv6Icmp',
        parameters: { ProtocolNumber: ['58'], CidrIpv6: ['::/0'], IcmpType: ['128'], IcmpCode: ['0'] },
      },
    });
  });

  test('is deleted by its number and direction alone', () => {
    expect(parameters({ call: 'DeleteNetworkAclEntry', rules: [entry] }, 'undo', acl)).toEqual({
      ok: true,
      value: common,
    });
  });

  test('without a source is refused', () => {
    const { CidrBlock, ...rest } = entry;
    expect(CidrBlock).toBeDefined();
    expect(parameters({ call: 'CreateNetworkAclEntry', rules: [rest] }, 'close', acl)).toEqual({
      ok: false,
      error: 'Entry 100 has no source.',
    });
  });
});

describe('the document of a step', () => {
  const IPV4 = ingress('sgr-1');
  const { CidrIpv4: _, ...noSource } = IPV4;
  const IPV6: SecurityGroupRule = { ...noSource, CidrIpv6: '::/0' };
  const TAG = { Key: 'owner', Value: 'web' };

  test.each<[string, PlanStep, 'close' | 'undo', string]>([
    ['closing 0.0.0.0/0', revoke(IPV4), 'close', 'CloseSecurityGroupIngress'],
    ['closing ::/0', revoke(IPV6), 'close', 'CloseSecurityGroupIngress-Ipv6'],
    ['closing both', revoke(IPV4, IPV6), 'close', 'CloseSecurityGroupIngress-DualStack'],
    [
      'closing two IPv4 sources',
      revoke(IPV4, { ...IPV4, CidrIpv4: '0.0.0.0/1' }),
      'close',
      'CloseSecurityGroupIngress-Lists',
    ],
    ['closing a described rule', revoke({ ...IPV4, Description: 'web' }), 'close', 'CloseSecurityGroupIngress'],
    ['leaving 0.0.0.0/0 open', authorize(IPV4), 'close', 'AuthorizeSecurityGroupIngress-Marked'],
    ['leaving ::/0 open', authorize(IPV6), 'close', 'AuthorizeSecurityGroupIngress-Ipv6Marked'],
    ['leaving both open', authorize(IPV4, IPV6), 'close', 'AuthorizeSecurityGroupIngress-DualStackMarked'],
    [
      'leaving a tagged rule open',
      authorize({ ...IPV4, Tags: [TAG] }),
      'close',
      'AuthorizeSecurityGroupIngress-ListsTags',
    ],
    [
      'leaving a described rule open',
      authorize({ ...IPV4, Description: 'a' }),
      'close',
      'AuthorizeSecurityGroupIngress-ListsTags',
    ],
    ['putting 0.0.0.0/0 back', authorize(IPV4), 'undo', 'AuthorizeSecurityGroupIngress'],
    [
      'putting a described rule back',
      authorize({ ...IPV4, Description: 'a' }),
      'undo',
      'AuthorizeSecurityGroupIngress-Lists',
    ],
    [
      'putting a tagged rule back',
      authorize({ ...IPV4, Tags: [TAG] }),
      'undo',
      'AuthorizeSecurityGroupIngress-ListsTags',
    ],
    [
      'emptying egress to IPv6',
      { call: 'RevokeSecurityGroupEgress', rules: [{ ...IPV6, IsEgress: true }] },
      'close',
      'RevokeSecurityGroupEgress-Lists',
    ],
  ])('for %s is the plainest that can say it', (_what, step, action, document) => {
    expect(documentOf(step, action)).toBe(document);
  });

  test('of a plain close has texts and numbers only', () => {
    for (const step of [revoke(IPV4), revoke(IPV6), revoke(IPV4, IPV6)]) {
      const found = parameters(step);
      expect(found.ok && withWholeLists(found.value)).toBeUndefined();
    }
  });
});

describe('the other reading of a list of maps', () => {
  const PAIR = { CidrIpv4: '0.0.0.0/1' };

  test('is one text with the whole list', () => {
    const found = parameters(revoke(ingress('sgr-1', PAIR), ingress('sgr-2', { CidrIpv4: '128.0.0.0/1' })));
    if (!found.ok) throw new Error(found.error);
    expect(found.value['IpRanges']).toEqual(['{"CidrIp":"0.0.0.0/1"}', '{"CidrIp":"128.0.0.0/1"}']);
    expect(withWholeLists(found.value)).toEqual({
      ...found.value,
      IpRanges: ['[{"CidrIp":"0.0.0.0/1"},{"CidrIp":"128.0.0.0/1"}]'],
    });
  });

  test('is not there where the list is longer than a text may be', () => {
    const found = parameters(
      revoke(...Array.from({ length: 50 }, (_, i) => ingress('sgr-1', { CidrIpv4: `198.51.100.${String(i)}/32` }))),
    );
    expect(found.ok && withWholeLists(found.value)).toBeUndefined();
  });
});

describe('the status of a runbook', () => {
  const MESSAGE =
    'Step fails when it is Execute/Cancelling action. An error occurred (InvalidPermission.NotFound) when calling the RevokeSecurityGroupIngress operation: The specified rule does not exist in this security group. Please refer to Automation Service Troubleshooting Guide';

  test.each([
    ['Success', undefined, { kind: 'succeeded' }],
    ['InProgress', undefined, { kind: 'running' }],
    ['Pending', undefined, { kind: 'running', isQueued: true }],
    ['Failed', MESSAGE, { kind: 'failed', code: 'InvalidPermission.NotFound' }],
    ['TimedOut', undefined, { kind: 'failed', reason: 'TimedOut: SSM gives no reason' }],
    ['Cancelled', 'by somebody', { kind: 'failed', reason: 'Cancelled: by somebody' }],
    [undefined, undefined, { kind: 'failed', reason: 'Unknown: SSM gives no reason' }],
  ])('%s is read', (status, message, expected) => {
    expect(toRunbookStatus(status, message)).toMatchObject(expected);
  });
});
