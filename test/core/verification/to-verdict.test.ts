import type { RequestedControl } from '../../../src/core/controls/control-id';
import type { NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { Reason } from '../../../src/core/reasons/reason';
import { toVerdict, type ReadBack } from '../../../src/core/verification/to-verdict';

const SSH: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
};
const EC2_2: RequestedControl = { id: 'EC2.2', parameters: [] };
const EC2_13: RequestedControl = { id: 'EC2.13', parameters: [] };
const EC2_21: RequestedControl = { id: 'EC2.21', parameters: [] };

function found(...rules: readonly SecurityGroupRule[]): { readonly kind: 'found'; readonly resource: SecurityGroup } {
  return {
    kind: 'found',
    resource: { kind: 'security-group', id: 'sg-1', name: 'web', tags: [], rules, prefixLists: {} },
  };
}

function foundDefault(...rules: readonly SecurityGroupRule[]): ReadBack {
  const { resource } = found(...rules);
  return { kind: 'found', resource: { ...resource, name: 'default' } };
}

function foundAcl(entry: Partial<NetworkAclEntry>, isDefault = false): ReadBack {
  const open = { RuleNumber: 100, Egress: false, RuleAction: 'allow', CidrBlock: '0.0.0.0/0', Protocol: '6' } as const;
  const entries = [{ ...open, PortRange: { From: 22, To: 22 }, ...entry }];
  return { kind: 'found', resource: { kind: 'network-acl', id: 'acl-1', isDefault, tags: [], entries } };
}

describe('toVerdict', () => {
  test('is closed when nothing forbidden is open', () => {
    expect(toVerdict(found({ ...SSH, CidrIpv4: '10.0.0.0/8' }), [EC2_13])).toEqual({ kind: 'closed' });
  });

  test('is closed when the group is gone', () => {
    expect(toVerdict({ kind: 'gone' }, [EC2_13])).toEqual({ kind: 'closed' });
  });

  test('is still open with the violations', () => {
    expect(toVerdict(found({ ...SSH, CidrIpv4: '0.0.0.0/0' }), [EC2_13])).toMatchObject({
      kind: 'still-open',
      violations: [{ ruleId: 'sgr-1', controls: ['EC2.13'], how: 'open' }],
    });
  });

  test('is still open when several rules together are', () => {
    const halves = found(
      { ...SSH, CidrIpv4: '0.0.0.0/1' },
      { ...SSH, SecurityGroupRuleId: 'sgr-2', CidrIpv4: '128.0.0.0/1' },
    );
    expect(toVerdict(halves, [EC2_13])).toMatchObject({
      kind: 'still-open',
      violations: [{ how: 'effectively-open' }, {}],
    });
  });

  test('is still open while a default group has a rule', () => {
    const egress = { IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };
    expect(toVerdict(foundDefault(egress), [EC2_2])).toMatchObject({ kind: 'still-open' });
    expect(toVerdict(foundDefault(), [EC2_2])).toEqual({ kind: 'closed' });
  });

  test('is still open while an entry of a network ACL allows what EC2.21 forbids', () => {
    expect(toVerdict(foundAcl({}), [EC2_21])).toMatchObject({ kind: 'still-open', violations: [{ ruleNumber: 100 }] });
    expect(toVerdict(foundAcl({ PortRange: { From: 23, To: 23 } }), [EC2_21])).toEqual({ kind: 'closed' });
    expect(toVerdict(foundAcl({ Egress: true }), [EC2_21])).toEqual({ kind: 'closed' });
  });

  test.each<[string, Parameters<typeof toVerdict>, Reason]>([
    [
      'the group could not be read',
      [{ kind: 'unreadable', failure: { cause: 'AccessDenied' } }, [EC2_13]],
      { code: 'service-failed' },
    ],
    [
      'a prefix list could not be read',
      [found({ ...SSH, PrefixListId: 'pl-1' }), [EC2_13]],
      { code: 'prefix-list-unreadable' },
    ],
    [
      'a parameter is not understood',
      [found(), [{ id: 'EC2.18', parameters: [{ Name: 'authorizedTcpPorts', Value: ['web'] }] }]],
      { code: 'parameter-unreadable' },
    ],
    ['a control is about something else', [found(), [EC2_21]], { code: 'not-about-security-groups' }],
    ['EC2.2 is held against a group of another name', [found(), [EC2_2]], { code: 'not-a-default-group' }],
    ['EC2.21 is held against a default network ACL', [foundAcl({}, true), [EC2_21]], { code: 'default-network-acl' }],
    ['there is no control', [found(), []], { code: 'no-control' }],
  ])('could not tell when %s', (_why, [readBack, controls], reason) => {
    expect(toVerdict(readBack, controls)).toMatchObject({ kind: 'could-not-tell', reasons: [reason] });
  });
});
