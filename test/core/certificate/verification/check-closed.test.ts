import type { SecurityGroupRule } from '../../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../../src/core/planning/plan-policy';
import { couldNotTell, doesNotHold } from '../../../../src/core/certificate/verification/statement';
import { asStored, certify, findFaults, forge } from '../certified';
import { closeOnModel } from '../on-model';
import { EC2_13, OFFICE, SSH, WEB, webGroup, withAfter } from './web-group';

describe('A closing', () => {
  test.each([
    [{ CidrIpv4: '0.0.0.0/0' }, 'every protocol from the whole IPv4 internet by sgr-all, which EC2.18 forbids'],
    [{ CidrIpv6: '::/0' }, 'every protocol from the whole IPv6 internet by sgr-all, which EC2.18 forbids'],
  ])('may not leave every protocol open to %j', (source, opening) => {
    const parameters = ['authorizedTcpPorts', 'authorizedUdpPorts'].map((Name) => ({ Name, Value: ['0-65535'] }));
    const everything = { SecurityGroupRuleId: 'sgr-all', IsEgress: false, IpProtocol: '-1', ...source };
    const closed = closeOnModel(webGroup(everything), [{ id: 'EC2.18', parameters }], DEFAULT_PLAN_POLICY);
    expect(findFaults(certify(closed))).toEqual([]);
    expect(findFaults(certify({ ...closed, after: webGroup(everything) }))).toEqual([
      doesNotHold('closed', { code: 'open-after', opening }, 'after'),
    ]);
  });

  test('whose prefix list was not read is not certain', () => {
    const { CidrIpv4: _own, ...rule } = OFFICE;
    const fromList = { ...rule, PrefixListId: 'pl-1' };
    const cause = 'prefix list pl-1 was not read, so tcp 22 may be open from the whole IPv4 internet';
    expect(findFaults(asStored(withAfter(WEB, OFFICE, fromList)))).toContainEqual(
      couldNotTell('closed', { code: 'openness-unclear', cause }, 'after'),
    );
  });

  test('is judged by what its prefix lists held at the end, not before', () => {
    const fromList: SecurityGroupRule = {
      IsEgress: false,
      IpProtocol: 'tcp',
      FromPort: 443,
      ToPort: 443,
      PrefixListId: 'pl-1',
    };
    const at = (version: number, ...cidrs: readonly string[]) => ({
      prefixLists: { 'pl-1': cidrs },
      prefixListVersions: { 'pl-1': version },
    });
    const closed = closeOnModel({ ...webGroup(SSH, fromList), ...at(3, '10.0.0.0/8') }, [EC2_13], DEFAULT_PLAN_POLICY);
    const same = certify(closed);
    expect(same.parts.prefixLists).toEqual([
      { id: 'pl-1', version: 3, in: ['before', 'after'], cidrs: ['10.0.0.0/8'] },
    ]);
    expect(findFaults(same)).toEqual([]);
    if (closed.after.kind !== 'security-group') throw new Error('no group');
    const grown = certify({ ...closed, after: { ...closed.after, ...at(4, '10.0.0.0/8', '8.8.8.0/24') } });
    expect(grown.parts.prefixLists.map((list) => [list.version, list.in])).toEqual([
      [3, ['before']],
      [4, ['after']],
    ]);
    expect(findFaults(grown)).toEqual([
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'tcp 443 8.8.8.0/24' }, 'after'),
    ]);
  });

  test('of a default network ACL, which no control looks at, can be none', () => {
    const entry = {
      RuleNumber: 100,
      Protocol: '-1',
      RuleAction: 'allow',
      Egress: false,
      CidrBlock: '0.0.0.0/0',
    } as const;
    const acl = { kind: 'network-acl', id: 'acl-1', isDefault: true, tags: [], entries: [entry] } as const;
    const left = closeOnModel(acl, [{ id: 'EC2.21', parameters: [] }], DEFAULT_PLAN_POLICY);
    expect(left.record.outcome).toBe('could-not-tell');
    expect(findFaults(certify(left))).toEqual([]);
    const forged = forge(certify(left), { outcome: { outcome: 'already-closed', reason: '' } });
    const cause = 'EC2.21 does not look at default network ACLs, and this is one';
    expect(findFaults(forged)).toEqual([couldNotTell('closed', { code: 'openness-unclear', cause }, 'after')]);
  });
});
