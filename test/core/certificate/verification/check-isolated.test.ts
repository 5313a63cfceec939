import { sha256 } from '../../../../src/aws/sha-256';
import { toCertificateContents } from '../../../../src/core/certificate/making/to-certificate-contents';
import { verifyBeforeSealing } from '../../../../src/core/certificate/verification/verify-before-sealing';
import { sealCertificate } from '../../../../src/core/certificate/seal-certificate';
import type { IsolationRun, RecordedIsolation } from '../../../../src/core/isolation/isolation';
import type { RemediationRecord } from '../../../../src/core/ledger/remediation-record';

const had = (interfaceId: string, ...groups: readonly string[]) => ({ interfaceId, vpcId: 'vpc-1', groups });
const AT = '2026-03-01T12:00:00.000Z';

function replaced(interfaceId: string, expected: readonly string[], groups: readonly string[]): IsolationRun {
  const step = { call: 'ModifyNetworkInterfaceAttribute' as const, interfaceId, expected, groups };
  return { runId: `rem-0000000000000001/0.0`, step, startedAt: AT, end: 'effect-seen' };
}

const OUT = { IsEgress: true, IpProtocol: '-1', CidrIpv4: '0.0.0.0/0' };

const ISOLATION: RecordedIsolation = {
  before: [had('eni-1', 'sg-1', 'sg-2')],
  isolating: [{ id: 'sg-iso', vpcId: 'vpc-1', rules: [] }],
  runs: [replaced('eni-1', ['sg-1', 'sg-2'], ['sg-iso'])],
  after: [had('eni-1', 'sg-iso')],
};

const UNDO: RecordedIsolation = {
  before: [had('eni-1', 'sg-iso')],
  isolating: ISOLATION.isolating,
  runs: [replaced('eni-1', ['sg-iso'], ['sg-1', 'sg-2'])],
  after: [had('eni-1', 'sg-1', 'sg-2')],
};

type Isolating = RemediationRecord & { readonly action: 'isolate' | 'undo' };

function isolated(changes: Partial<RecordedIsolation> = {}, more: Partial<Isolating> = {}): Isolating {
  return {
    remediationId: 'rem-0000000000000001',
    target: { kind: 'instance', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: 'i-1' },
    action: 'isolate',
    trigger: 'custom-action',
    decidedBy: 'custom action "Isolate"',
    findings: [{ id: 'guardduty/1', productArn: 'guardduty' }],
    startedAt: AT,
    finishedAt: AT,
    outcome: 'isolated',
    reason: 'Isolated.',
    runs: [],
    isolation: { ...ISOLATION, ...changes },
    ...more,
  };
}

function undone(changes: Partial<RecordedIsolation> = {}): Isolating {
  return isolated(
    { ...UNDO, ...changes },
    { remediationId: 'rem-0000000000000002', action: 'undo', undoes: 'rem-0000000000000001', outcome: 'undone' },
  );
}

const sealed = sealCertificate(toCertificateContents(isolated(), undefined), { sequence: 1, previous: null }, sha256);

const brokenBy = (record: Isolating, chain: readonly unknown[] = []) =>
  verifyBeforeSealing(toCertificateContents(record, undefined), chain, sha256).broken;

test.each<[string, Isolating, readonly unknown[]]>([
  ['an isolation', isolated(), []],
  ['an undo behind its isolation', undone(), [sealed]],
  ['one that was refused', isolated({ runs: [], after: [had('eni-1', 'sg-1', 'sg-2')] }, { outcome: 'failed' }), []],
  ['one that was there already', isolated({ runs: [] }, { outcome: 'already-isolated' }), []],
])('%s holds', (_, record, chain) => {
  expect(brokenBy(record, chain)).toEqual([]);
});

test.each<[string, Isolating, readonly unknown[], RegExp]>([
  [
    'an interface that kept a group',
    isolated({ after: [had('eni-1', 'sg-1', 'sg-iso')] }),
    [],
    /eni-1 has sg-1, sg-iso after/,
  ],
  [
    'a second interface that was left',
    isolated({ after: [had('eni-1', 'sg-iso'), had('eni-2', 'sg-1')] }),
    [],
    /eni-2 has sg-1 after/,
  ],
  [
    'a group of another VPC',
    isolated({ isolating: [{ id: 'sg-iso', vpcId: 'vpc-2', rules: [] }] }),
    [],
    /eni-1 has sg-iso after/,
  ],
  [
    'an isolating group with a rule',
    isolated({ isolating: [{ id: 'sg-iso', vpcId: 'vpc-1', rules: [OUT] }] }),
    [],
    /sg-iso is to isolate, and has rules after/,
  ],
  ['no interface at all', isolated({ after: [] }), [], /there is no interface after/],
  ['no runs', isolated({ runs: [] }), [], /says isolated, and nothing ran/],
  [
    'a run that gave another group',
    isolated({ runs: [replaced('eni-1', ['sg-1'], ['sg-wide'])] }),
    [],
    /eni-1 was given sg-wide/,
  ],
  [
    'a run on an interface of somebody else',
    isolated({ runs: [replaced('eni-9', ['sg-1'], ['sg-iso'])] }),
    [],
    /ModifyNetworkInterfaceAttribute was made on eni-9/,
  ],
  [
    'rules revoked of another group',
    isolated({
      runs: [
        ...ISOLATION.runs,
        {
          runId: 'rem-0000000000000001/0.1',
          step: { call: 'RevokeSecurityGroupIngress', groupId: 'sg-1', rules: [] },
          startedAt: AT,
        },
      ],
    }),
    [],
    /RevokeSecurityGroupIngress was made on sg-1/,
  ],
  [
    'an undo that says more than it did',
    undone({ after: [had('eni-1', 'sg-1')] }),
    [sealed],
    /not there again: sg-2 on eni-1/,
  ],
  [
    'an undo that gave a group that was not there before',
    undone({ runs: [replaced('eni-1', ['sg-iso'], ['sg-1', 'sg-2', 'sg-wide'])] }),
    [sealed],
    /did not record all of that/,
  ],
  ['an outcome of a closing', isolated({}, { outcome: 'closed' }), [], /"closed" is not how an isolation ends/],
])('with %s it does not hold', (_, record, chain, expected) => {
  expect(brokenBy(record, chain).join('\n')).toMatch(expected);
});
