import type { CertificateContents, CertificateParts } from '../../../../src/core/certificate/certificate';
import {
  couldNotTell,
  doesNotHold,
  mismatch,
  type Statement,
} from '../../../../src/core/certificate/verification/statement';
import type { RemovalReason } from '../../../../src/core/reasons/statement-reasons';
import { sealCertificate } from '../../../../src/core/certificate/seal-certificate';
import { findFaults, forge, sha256 } from '../certified';

const OFFICE = {
  SecurityGroupRuleId: 'sgr-office',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  CidrIpv4: '10.0.0.0/8',
};
const RULE = { IsEgress: false, IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '198.51.100.7/32' };
const GRANTED = { ...RULE, SecurityGroupRuleId: 'sgr-granted' };
const GRANT = {
  grantId: 'grt-0123456789abcdef',
  rule: RULE,
  reason: 'disk full',
  by: 'arn:alice',
  until: '2026-12-01T12:00:00.000Z',
  openedBy: 'rem-1',
};

type Group = NonNullable<CertificateParts['before']>;
const group = (...rules: readonly object[]): Group => ({
  kind: 'security-group',
  id: 'sg-1',
  name: 'web',
  tags: [],
  rules: rules as Extract<Group, { kind: 'security-group' }>['rules'],
});

function contents(
  remediationId: string,
  action: 'grant' | 'end-grant',
  outcome: string,
  { before, after, call }: { before: Group; after: Group; call: string },
): CertificateContents {
  const step = { call, rules: [action === 'grant' ? RULE : GRANTED] };
  return {
    remediationId,
    parts: {
      target: { kind: 'security-group', partition: 'aws', account: '222222222222', region: 'us-east-1', id: 'sg-1' },
      findings: [],
      controls: [],
      decision: { action, trigger: 'custom-action', decidedBy: 'alice', grant: GRANT },
      before,
      beforeLatestPlan: null,
      prefixLists: [],
      plan: { violations: [], steps: [step], ask: [], remarks: [] },
      runs: [{ runId: `${remediationId}/0.0`, startedAt: '2026-12-01T10:00:01.000Z', step, end: 'effect-seen' }],
      after,
      outcome: { outcome, reason: '' },
      times: { startedAt: '2026-12-01T10:00:00.000Z', finishedAt: '2026-12-01T10:00:09.000Z' },
    },
  };
}

const opening = sealCertificate(
  contents('rem-1', 'grant', 'granted', {
    before: group(OFFICE),
    after: group(OFFICE, GRANTED),
    call: 'AuthorizeSecurityGroupIngress',
  }),
  { sequence: 1, previous: null },
  sha256,
);
const ending = sealCertificate(
  contents('rem-2', 'end-grant', 'access-ended', {
    before: group(OFFICE, GRANTED),
    after: group(OFFICE),
    call: 'RevokeSecurityGroupIngress',
  }),
  { sequence: 2, previous: opening.hash },
  sha256,
);

function wasOpened(traffic: string): Statement {
  return doesNotHold('nothing-opened', { code: 'became-reachable', traffic }, 'after');
}

function wasCut(traffic: string): Statement {
  return doesNotHold('smallest-cut', { code: 'compliant-traffic-cut', traffic }, 'after');
}

test('A grant and its end hold, together and in their chain', () => {
  expect(findFaults(opening)).toEqual([]);
  expect(findFaults(opening, ending)).toEqual([]);
});

/** Only the certificate of the grant says what its end may cut. */
function needsGrant(cut: RemovalReason): Statement {
  return couldNotTell('smallest-cut', { code: 'closing-needed-for-cut', closing: 'rem-1', cut }, 'after');
}

test('The end of a grant without that of the grant cannot be told: which rule was granted is not known', () => {
  expect(findFaults(ending)).toEqual([
    needsGrant({ code: 'compliant-traffic-cut', traffic: 'tcp 22 198.51.100.7/32' }),
    needsGrant({ code: 'compliant-rule-gone', rule: 'ingress tcp 22 from 198.51.100.7/32' }),
  ]);
});

const decision = opening.parts.decision;
const SSH = 'ingress tcp 22 from 198.51.100.7/32';
const INTERNET = { ...RULE, CidrIpv4: '0.0.0.0/0' };

test.each<[string, Partial<CertificateParts>, Statement]>([
  [
    'opened a port more',
    { after: group(OFFICE, GRANTED, { ...GRANTED, SecurityGroupRuleId: 'sgr-3', FromPort: 23, ToPort: 23 }) },
    wasOpened('tcp 23 198.51.100.7/32'),
  ],
  [
    'opened to more addresses than it says',
    { after: group(OFFICE, { ...GRANTED, CidrIpv4: '198.51.100.0/24' }) },
    wasOpened('tcp 22 198.51.100.0-198.51.100.6, tcp 22 198.51.100.8-198.51.100.255'),
  ],
  ['took something away', { after: group(GRANTED) }, wasCut('tcp 443 10.0.0.0/8')],
  [
    'opened nothing and says granted',
    { after: group(OFFICE) },
    mismatch({ code: 'granted-not-there', outcome: 'granted', rule: SSH }),
  ],
  ...(
    [
      ['half of the internet', { CidrIpv4: '0.0.0.0/1' }, 'ingress tcp 22 from 0.0.0.0/1'],
      ['every protocol', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }, 'ingress every protocol from 198.51.100.7/32'],
      ['a range of ports', { FromPort: 0, ToPort: 65_535 }, 'ingress tcp 0-65535 from 198.51.100.7/32'],
      ['what goes out', { IsEgress: true }, 'egress tcp 22 to 198.51.100.7/32'],
    ] as const
  ).map(([what, rule, words]): [string, Partial<CertificateParts>, Statement] => [
    `grants ${what}`,
    {
      decision: { ...decision, grant: { ...GRANT, rule: { ...RULE, ...rule } } },
      after: group(OFFICE, { ...GRANTED, ...rule }),
    },
    mismatch({ code: 'more-than-one-port-granted', rule: words }),
  ]),
  [
    'grants the internet',
    {
      decision: { ...decision, grant: { ...GRANT, rule: INTERNET } },
      after: group(OFFICE, { ...GRANTED, CidrIpv4: '0.0.0.0/0' }),
    },
    mismatch({ code: 'internet-granted', rule: 'ingress tcp 22 from 0.0.0.0/0' }),
  ],
  [
    'began when its time was over',
    { decision: { ...decision, grant: { ...GRANT, until: '2026-12-01T09:00:00.000Z' } } },
    mismatch({ code: 'granted-too-late' }),
  ],
  ['ran nothing', { runs: [] }, mismatch({ code: 'outcome-without-runs', outcome: 'granted' })],
  [
    'does not say what it grants',
    { decision: { action: 'grant', trigger: 'custom-action', decidedBy: 'alice' } },
    mismatch({ code: 'grant-not-told' }),
  ],
  [
    'ended as closings do',
    { outcome: { outcome: 'closed', reason: '' } },
    mismatch({ code: 'outcome-unknown', outcome: 'closed', action: 'grant' }),
  ],
])('A grant that %s does not hold, whatever hashes a forger computes', (_, parts, fault) => {
  expect(findFaults(forge(opening, parts))).toContainEqual(fault);
});

test.each<[string, Partial<CertificateParts>, Statement]>([
  ['took away something else', { after: group() }, wasCut('tcp 443 10.0.0.0/8')],
  [
    'is not gone',
    { after: group(OFFICE, GRANTED) },
    mismatch({ code: 'ended-still-there', outcome: 'access-ended', rule: SSH }),
  ],
  [
    'opened something',
    { after: group(OFFICE, { ...OFFICE, FromPort: 80, ToPort: 80 }) },
    wasOpened('tcp 80 10.0.0.0/8'),
  ],
  [
    'ends another rule than was granted',
    { decision: { ...ending.parts.decision, grant: { ...GRANT, rule: { ...RULE, FromPort: 443, ToPort: 443 } } } },
    mismatch({ code: 'another-granted', rule: 'ingress tcp 443 from 198.51.100.7/32', granted: SSH }),
  ],
])('The end of a grant that %s does not hold', (_, parts, fault) => {
  expect(findFaults(opening, forge(ending, parts))).toContainEqual(fault);
});
