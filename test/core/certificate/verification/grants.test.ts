import type { Certificate, CertificateContents, CertificateParts } from '../../../../src/core/certificate/certificate';
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

const faultsOf = (...certificates: readonly Certificate[]): readonly string[] =>
  findFaults(...certificates).map(({ check, verdict, text }) => `${check} ${verdict}: ${text}`);

test('A grant and its end hold, together and in their chain', () => {
  expect(faultsOf(opening)).toEqual([]);
  expect(faultsOf(opening, ending)).toEqual([]);
});

test('The end of a grant without that of the grant cannot be told: which rule was granted is not known', () => {
  expect(faultsOf(ending)).toEqual([
    expect.stringMatching(/^smallest-cut could-not-tell: give the certificate of rem-1 too, which says what it added/),
    expect.stringMatching(/^smallest-cut could-not-tell: give the certificate of rem-1/),
  ]);
});

const decision = opening.parts.decision;
const INTERNET = { ...RULE, CidrIpv4: '0.0.0.0/0' };

test.each<[string, Partial<CertificateParts>, RegExp]>([
  [
    'opened a port more',
    { after: group(OFFICE, GRANTED, { ...GRANTED, SecurityGroupRuleId: 'sgr-3', FromPort: 23, ToPort: 23 }) },
    /nothing-opened does-not-hold: became reachable: .*23/,
  ],
  [
    'opened to more addresses than it says',
    { after: group(OFFICE, { ...GRANTED, CidrIpv4: '198.51.100.0/24' }) },
    /nothing-opened does-not-hold/,
  ],
  ['took something away', { after: group(GRANTED) }, /smallest-cut does-not-hold: .*443/],
  [
    'opened nothing and says granted',
    { after: group(OFFICE) },
    /outcome does-not-hold: it says granted, and this is not/,
  ],
  ...(
    [
      ['half of the internet', { CidrIpv4: '0.0.0.0/1' }],
      ['every protocol', { IpProtocol: '-1', FromPort: -1, ToPort: -1 }],
      ['a range of ports', { FromPort: 0, ToPort: 65_535 }],
      ['what goes out', { IsEgress: true }],
    ] as const
  ).map(([what, rule]): [string, Partial<CertificateParts>, RegExp] => [
    `grants ${what}`,
    {
      decision: { ...decision, grant: { ...GRANT, rule: { ...RULE, ...rule } } },
      after: group(OFFICE, { ...GRANTED, ...rule }),
    },
    /outcome does-not-hold: it grants more than one port of tcp to one network/,
  ]),
  [
    'grants the internet',
    {
      decision: { ...decision, grant: { ...GRANT, rule: INTERNET } },
      after: group(OFFICE, { ...GRANTED, CidrIpv4: '0.0.0.0/0' }),
    },
    /outcome does-not-hold: it grants the internet/,
  ],
  [
    'began when its time was over',
    { decision: { ...decision, grant: { ...GRANT, until: '2026-12-01T09:00:00.000Z' } } },
    /outcome does-not-hold: it was granted when its time was over/,
  ],
  ['ran nothing', { runs: [] }, /outcome does-not-hold: it says granted, and nothing ran/],
  [
    'does not say what it grants',
    { decision: { action: 'grant', trigger: 'custom-action', decidedBy: 'alice' } },
    /outcome does-not-hold: it does not say what was granted/,
  ],
  [
    'ended as closings do',
    { outcome: { outcome: 'closed', reason: '' } },
    /outcome does-not-hold: "closed" is not how a grant ends/,
  ],
])('A grant that %s does not hold, whatever hashes a forger computes', (_, parts, fault) => {
  expect(faultsOf(forge(opening, parts)).join('\n')).toMatch(fault);
});

test.each<[string, Partial<CertificateParts>, RegExp]>([
  ['took away something else', { after: group() }, /smallest-cut does-not-hold: .*443/],
  [
    'is not gone',
    { after: group(OFFICE, GRANTED) },
    /outcome does-not-hold: it says access-ended, and this is there after/,
  ],
  [
    'opened something',
    { after: group(OFFICE, { ...OFFICE, FromPort: 80, ToPort: 80 }) },
    /nothing-opened does-not-hold/,
  ],
  [
    'ends another rule than was granted',
    { decision: { ...ending.parts.decision, grant: { ...GRANT, rule: { ...RULE, FromPort: 443, ToPort: 443 } } } },
    /outcome does-not-hold: it ends ingress tcp 443 .*, and what was granted is ingress tcp 22/,
  ],
])('The end of a grant that %s does not hold', (_, parts, fault) => {
  expect(faultsOf(opening, forge(ending, parts)).join('\n')).toMatch(fault);
});
