import { toCertificateContents } from '../../../../src/core/certificate/making/to-certificate-contents';
import type { NetworkAcl } from '../../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../../src/core/planning/plan-policy';
import {
  couldNotTell,
  doesNotHold,
  holds,
  type Statement,
} from '../../../../src/core/certificate/verification/statement';
import { certify, findFaults, forge, verify } from '../certified';
import { closeInTwoPlans, closeOnModel, toRuns, undoOnModel } from '../on-model';
import { CERTIFICATE, CLOSED, EC2_13, OFFICE, SSH, WEB, webGroup, withAfter } from './web-group';

/** It is gone, and was not to be taken away. */
function isGone(rule: string): Statement {
  return doesNotHold('smallest-cut', { code: 'compliant-rule-gone', rule }, 'after');
}

/** It is gone, and somebody else took it away between two plans. */
function isGoneBetween(rule: string): Statement {
  return holds('smallest-cut', { code: 'changed-between-plans', cuts: [{ code: 'compliant-rule-gone', rule }] });
}

describe('A closing', () => {
  test('of halves of the internet may not remove what is inside one of them', () => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((CidrIpv4) => ({
      ...SSH,
      SecurityGroupRuleId: CidrIpv4,
      CidrIpv4,
    }));
    const inside = { ...OFFICE, CidrIpv4: '8.8.8.0/24' };
    const closed = closeOnModel(webGroup(...halves, inside), [EC2_13], DEFAULT_PLAN_POLICY);
    expect(findFaults(certify(closed))).toEqual([]);
    expect(findFaults(certify({ ...closed, after: webGroup() }))).toEqual([isGone('ingress tcp 22 from 8.8.8.0/24')]);
  });

  describe('may not take away a rule that violates nothing, though the same gets through all the same:', () => {
    const udp: SecurityGroupRule = {
      SecurityGroupRuleId: 'sgr-udp',
      IsEgress: false,
      IpProtocol: 'udp',
      CidrIpv4: '0.0.0.0/0',
    };
    const everything = { ...udp, SecurityGroupRuleId: 'sgr-all', IpProtocol: '-1' };
    const parameters = ['authorizedTcpPorts', 'authorizedUdpPorts'].map((Name) => ({ Name, Value: ['0-65535'] }));
    const besides = closeOnModel(webGroup(everything, udp), [{ id: 'EC2.18', parameters }], DEFAULT_PLAN_POLICY);
    const udpIsGone = isGone('ingress udp 0-65535 from 0.0.0.0/0 (sgr-udp; another rule says the same now)');

    test('udp without ports, beside the udp ports that stay open of every protocol', () => {
      if (besides.after.kind !== 'security-group') throw new Error('no group');
      const [first, ...kept] = besides.after.rules;
      expect(first).toEqual(udp);
      expect(kept).toMatchObject([
        { IpProtocol: 'tcp', FromPort: 0, ToPort: 65535 },
        { IpProtocol: 'udp', FromPort: 0, ToPort: 65535 },
      ]);
      expect(findFaults(certify(besides))).toEqual([]);
      expect(findFaults(certify({ ...besides, after: webGroup(...kept) }))).toEqual([udpIsGone]);
    });

    test('the same, when those udp ports are taken back', () => {
      const undone = undoOnModel(besides, besides.after);
      if (undone?.after.kind !== 'security-group') throw new Error('no group');
      const closing = certify(besides);
      expect(findFaults(closing, certify(undone, closing))).toEqual([]);
      const others = undone.after.rules.filter(({ SecurityGroupRuleId: id }) => id !== udp.SecurityGroupRuleId);
      const forged = certify({ ...undone, after: webGroup(...others) }, closing);
      expect(findFaults(closing, forged)).toContainEqual(isGone('ingress udp 0-65535 from 0.0.0.0/0'));
    });

    test('the web, revoked and authorized again', () => {
      expect(findFaults(withAfter({ ...WEB, SecurityGroupRuleId: 'sgr-again' }, OFFICE))).toEqual([
        isGone('ingress tcp 443 from 0.0.0.0/0 (sgr-web; another rule says the same now)'),
      ]);
    });
  });

  describe('of parts of the internet holds in two plans, though', () => {
    const part = (CidrIpv4: string, FromPort = 22): SecurityGroupRule => ({
      ...SSH,
      SecurityGroupRuleId: CidrIpv4,
      CidrIpv4,
      FromPort,
    });
    const policy = { ...DEFAULT_PLAN_POLICY, strategy: 'revoke' } as const;

    test.each<[string, readonly SecurityGroupRule[], readonly SecurityGroupRule[]]>([
      [
        'somebody opened a larger part, beside which the smaller ones are innocent',
        [part('0.0.0.0/2'), part('64.0.0.0/2'), part('128.0.0.0/1', 20)],
        [part('0.0.0.0/1')],
      ],
      [
        'the larger part went first, without which the smaller ones are guilty',
        [part('0.0.0.0/1'), part('128.0.0.0/1', 20), part('0.0.0.0/2', 20), part('64.0.0.0/2', 20)],
        [],
      ],
    ])('%s', (_, rules, added) => {
      const closed = closeInTwoPlans(webGroup(...rules), { controls: [EC2_13], policy, calls: 1 }, (left) =>
        left.kind === 'security-group' ? { ...left, rules: [...left.rules, ...added] } : left,
      );
      if (closed?.after.kind !== 'security-group') throw new Error('one plan was enough');
      expect(closed.after.rules).toEqual([]);
      expect(findFaults(certify(closed))).toEqual([]);
    });
  });

  test('of which somebody made a rule again, as the second plan saw, holds, and says so', () => {
    const again = { ...WEB, SecurityGroupRuleId: 'sgr-again' };
    const record = { ...CLOSED.record, beforeLatestPlan: webGroup(SSH, again, OFFICE) };
    const certificate = certify({ record, after: webGroup(again, OFFICE) });
    expect(findFaults(certificate)).toEqual([]);
    expect(verify(certificate)).toContainEqual(
      isGoneBetween('ingress tcp 443 from 0.0.0.0/0 (sgr-web; another rule says the same now)'),
    );
  });

  test('of a group whose rules have no ids is judged by what the rules say', () => {
    const bare = [SSH, WEB, OFFICE].map(({ SecurityGroupRuleId: _id, ...rule }) => rule);
    const closed = closeOnModel(webGroup(...bare), [EC2_13], DEFAULT_PLAN_POLICY);
    expect(findFaults(certify(closed))).toEqual([]);
    expect(findFaults(certify({ ...closed, after: webGroup(...bare.slice(1, 2)) }))).toEqual([
      isGone('ingress tcp 22 from 198.51.100.0/24'),
    ]);
  });

  test('that resolved another finding is not judged by its control when it comes to what may be removed', () => {
    const { findings, controls } = toCertificateContents(
      {
        ...CLOSED.record,
        findings: [...CLOSED.record.findings, { id: 'f', productArn: 'p', control: 'EC2.14', alongside: true }],
      },
      CLOSED.after,
    ).parts;
    expect(findings.map(({ control }) => control?.id)).toEqual(['EC2.13', 'EC2.14']);
    expect(controls.map(({ id }) => id)).toEqual(['EC2.13']);
  });

  test('beside which somebody closed more with a wider DENY holds, and says so', () => {
    const tcp = { Protocol: '6', Egress: false, CidrBlock: '0.0.0.0/0' };
    const low = { From: 0, To: 1023 };
    const allow = { ...tcp, RuleNumber: 200, RuleAction: 'allow', PortRange: low } as const;
    const deny = { ...tcp, RuleNumber: 100, RuleAction: 'deny', PortRange: { From: 80, To: 80 } } as const;
    const acl: NetworkAcl = { kind: 'network-acl', id: 'acl-1', isDefault: false, tags: [], entries: [deny, allow] };
    const plan = { controls: [{ id: 'EC2.21', parameters: [] }], policy: DEFAULT_PLAN_POLICY, calls: 1 } as const;
    const closed = closeInTwoPlans(acl, plan, (left) => {
      if (left.kind !== 'network-acl') throw new Error('no network ACL');
      const entries = left.entries.map((entry) => (entry.RuleNumber === 100 ? { ...deny, PortRange: low } : entry));
      return { ...left, entries };
    });
    if (closed === undefined) throw new Error('one plan was enough');
    expect(findFaults(certify(closed))).toEqual([]);
    expect(verify(certify(closed))).toContainEqual(isGoneBetween('ingress entry 100 deny tcp 80 from 0.0.0.0/0'));
  });

  test('beside which somebody opened and closed something, as the second plan saw, holds, and says so', () => {
    const theirs = { ...WEB, SecurityGroupRuleId: 'sgr-theirs', FromPort: 80, ToPort: 80 };
    const record = { ...CLOSED.record, beforeLatestPlan: webGroup(SSH, WEB, theirs) };
    const certificate = certify({ record, after: webGroup(WEB, theirs) });
    expect(findFaults(certificate)).toEqual([]);
    const opened = holds('nothing-opened', { code: 'opened-between-plans', traffic: 'tcp 80 0.0.0.0/0' });
    const cut = isGoneBetween('ingress tcp 22 from 198.51.100.0/24');
    expect(verify(certificate)).toEqual(expect.arrayContaining([opened, cut]));
    // What a run of ours has opened is not somebody else's.
    const opens = { call: 'AuthorizeSecurityGroupIngress', rules: [theirs] } as const;
    const runs = [...toRuns([opens]), ...CLOSED.record.runs];
    const byUs = certify({ record: { ...record, runs }, after: webGroup(WEB, theirs) });
    expect(findFaults(byUs)).toContainEqual(
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'tcp 80 0.0.0.0/0' }, 'after'),
    );
  });
});

test('What a call does that is not known here cannot be told', () => {
  const { plan, runs } = CERTIFICATE.parts;
  if (plan === null) throw new Error('no plan');
  const forged = forge(CERTIFICATE, {
    plan: { ...plan, steps: plan.steps.map((step) => ({ ...step, call: 'RevokeEverything' })) },
    runs: runs.map((run) => ({ ...run, step: { ...run.step, call: 'RevokeEverything' } })),
  });
  const unknown = { code: 'call-not-known', call: 'RevokeEverything' } as const;
  expect(findFaults(forged)).toEqual([couldNotTell('smallest-cut', unknown, 'plan')]);
});
