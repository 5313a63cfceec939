import type { RemediationRecord, ResourceRule } from '../../../src/core/ledger/remediation-record';
import { seenOpenLater } from '../../../src/core/ledger/seen-open-later';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { Resource } from '../../../src/core/resource';
import { ACL, entry, ingress, TARGET } from '../../flow/fixtures';

const groupWith = (...rules: SecurityGroupRule[]): SecurityGroup => ({
  kind: 'security-group',
  id: TARGET.id,
  name: 'web',
  tags: [],
  rules,
  prefixLists: {},
});

const record = (startedAt: string, fields: Partial<RemediationRecord>): RemediationRecord => ({
  remediationId: `rem-${startedAt}`,
  target: TARGET,
  action: 'close',
  trigger: 'custom-action',
  decidedBy: 'Ana',
  findings: [],
  startedAt,
  finishedAt: startedAt,
  outcome: 'closed',
  runs: [],
  ...fields,
});

const SSH = ingress('sgr-ssh');
const WIDE = ingress('sgr-wide', { FromPort: 0, ToPort: 65535, Description: 'x'.repeat(255), Tags: [] });
const HTTPS = ingress('sgr-https', { FromPort: 443, ToPort: 443 });

const CLOSING = record('2026-03-02', {
  before: groupWith(SSH),
  runs: [
    {
      runId: 'rem-2/0.0',
      step: { call: 'RevokeSecurityGroupIngress', rules: [SSH] },
      startedAt: '2026-03-02',
      end: 'effect-seen',
    },
  ],
});

const portsOf = (rules: readonly ResourceRule[]) =>
  rules.map((rule) => ('RuleNumber' in rule ? rule.RuleNumber : rule.ToPort));

describe('seenOpenLater', () => {
  test.each<[string, Partial<RemediationRecord>]>([
    ['found', { before: groupWith(WIDE) }],
    ['found when it planned again', { beforeLatestPlan: groupWith(WIDE) }],
    ['left', { after: [WIDE] }],
  ])('is what a later remediation of any kind %s', (_, fields) => {
    for (const action of ['close', 'undo', 'preview'] as const) {
      expect(portsOf(seenOpenLater(CLOSING, [record('2026-03-03', { ...fields, action }), CLOSING]))).toEqual([65535]);
    }
  });

  test('is nothing that an earlier one saw, nor the closing itself', () => {
    expect(seenOpenLater(CLOSING, [CLOSING, record('2026-03-01', { before: groupWith(WIDE) })])).toEqual([]);
  });

  test('leaves out what has no part in what the closing revoked, and what a refused call would have', () => {
    const later = record('2026-03-03', { before: groupWith(HTTPS, WIDE) });
    expect(portsOf(seenOpenLater(CLOSING, [later]))).toEqual([65535]);
    const refused = { ...CLOSING, runs: CLOSING.runs.map((run) => ({ ...run, end: 'failed' as const })) };
    expect(seenOpenLater(refused, [later])).toEqual([]);
  });

  test('holds each permission once, and nothing that takes room', () => {
    const later = ['2026-03-03', '2026-03-04'].map((at) =>
      record(at, { before: groupWith({ ...WIDE, SecurityGroupRuleId: `sgr-${at}` }) }),
    );
    expect(seenOpenLater(CLOSING, later)).toEqual([
      { GroupId: TARGET.id, IsEgress: false, IpProtocol: 'tcp', FromPort: 0, ToPort: 65535, CidrIpv4: '0.0.0.0/0' },
    ]);
  });

  test('of a network ACL is what it allowed', () => {
    const acl: Resource = {
      kind: 'network-acl',
      id: ACL.id,
      isDefault: false,
      tags: [],
      entries: [entry(90), entry(100, { RuleAction: 'deny' })],
    };
    const later = record('2026-03-03', { before: acl, after: [...acl.entries] });
    expect(portsOf(seenOpenLater(record('2026-03-02', { target: ACL }), [later]))).toEqual([90]);
  });
});
