import { toRunbookParameters } from '../../src/aws/runbook-parameters';
import { toRunbookStatus } from '../../src/aws/runbooks';
import type { PlanStep } from '../../src/core/planning/plan';
import { ingress, TARGET } from '../flow/in-memory-ports';

const ROLE = 'arn:aws-us-gov:iam::222222222222:role/Portcullis-Runbook';

function parameters(step: PlanStep) {
  return toRunbookParameters(
    { target: TARGET, remediationId: 'rem-0123456789abcdef', runId: 'rem-0123456789abcdef/0.0', step },
    ROLE,
  );
}

const revoke = (...rules: PlanStep['rules']): PlanStep => ({ call: 'RevokeSecurityGroupIngress', rules });
const authorize = (...rules: PlanStep['rules']): PlanStep => ({ call: 'AuthorizeSecurityGroupIngress', rules });

describe('the parameters of a runbook', () => {
  it('hold each source as one JSON object, by its kind', () => {
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

  it('carry descriptions and tags over to a new rule, and name the remediation', () => {
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

  it('carry no description where EC2 ignores it', () => {
    expect(JSON.stringify(parameters(revoke(ingress('sgr-1', { Description: 'web' }))))).not.toContain('web');
  });

  it('cannot make SSM read its parameter store', () => {
    const rule = ingress('sgr-1', {
      Description: '{{ssm:/prod/password}} {{{x',
      Tags: [{ Key: 'a', Value: '{{ssm:b}}' }],
    });
    const text = JSON.stringify(parameters(authorize(rule)));
    expect(text).not.toContain('{{');
    expect(text).toContain('{ {ssm:/prod/password}}');
  });

  it('say all ports as -1', () => {
    const rule = { IsEgress: false, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
    expect(parameters(revoke(rule))).toMatchObject({ value: { Protocol: ['-1'], FromPort: ['-1'], ToPort: ['-1'] } });
  });

  it('leave our tag out when the rule has as many tags as it may have', () => {
    const Tags = Array.from({ length: 50 }, (_, i) => ({ Key: `k${String(i)}`, Value: 'v' }));
    const result = parameters(authorize(ingress('sgr-1', { Tags })));
    expect(result.ok && result.value['Tags']).toHaveLength(50);
    expect(JSON.stringify(result)).not.toContain('portcullis:remediation');
  });

  it.each([
    ['no rules', revoke(), 'no rules'],
    [
      'rules of different ports',
      revoke(ingress('sgr-1'), ingress('sgr-2', { ToPort: 23 })),
      'one protocol and port range',
    ],
    ['egress', revoke({ ...ingress('sgr-1'), IsEgress: true }), 'not ingress'],
    [
      'a source that the documents do not take',
      revoke({
        IsEgress: false,
        IpProtocol: 'tcp',
        FromPort: 22,
        ToPort: 22,
        ReferencedGroupInfo: { GroupId: 'sg-1' },
      }),
      'source',
    ],
    [
      'more sources than a parameter takes',
      revoke(...Array.from({ length: 51 }, (_, i) => ingress(`sgr-${String(i)}`))),
      'IpRanges',
    ],
    ['a value that is too long', authorize(ingress('sgr-1', { Tags: [{ Key: 'k', Value: 'é'.repeat(600) }] })), 'Tags'],
  ])('are refused for %s', (_, step, reason) => {
    expect(parameters(step)).toEqual({ ok: false, error: expect.stringContaining(reason) as string });
  });
});

describe('the status of a runbook', () => {
  const MESSAGE =
    'Step fails when it is Execute/Cancelling action. An error occurred (InvalidPermission.NotFound) when calling the RevokeSecurityGroupIngress operation: The specified rule does not exist in this security group. Please refer to Automation Service Troubleshooting Guide';

  it.each([
    ['Success', undefined, { kind: 'succeeded' }],
    ['InProgress', undefined, { kind: 'running' }],
    ['Pending', undefined, { kind: 'running' }],
    ['Failed', MESSAGE, { kind: 'failed', code: 'InvalidPermission.NotFound' }],
    ['TimedOut', undefined, { kind: 'failed', reason: 'TimedOut: SSM gives no reason' }],
    ['Cancelled', 'by somebody', { kind: 'failed', reason: 'Cancelled: by somebody' }],
    [undefined, undefined, { kind: 'failed', reason: 'Unknown: SSM gives no reason' }],
  ])('%s is read', (status, message, expected) => {
    expect(toRunbookStatus(status, message)).toMatchObject(expected);
  });
});
