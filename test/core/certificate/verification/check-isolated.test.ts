import type { Certificate } from '../../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../../src/core/certificate/making/to-certificate-contents';
import { doesNotHold, type Statement } from '../../../../src/core/certificate/verification/statement';
import { sealCertificate } from '../../../../src/core/certificate/seal-certificate';
import type { IsolationRun, RecordedIsolation } from '../../../../src/core/isolation/isolation';
import type { RemediationRecord } from '../../../../src/core/ledger/remediation-record';
import { asStored, findFaults, sha256 } from '../certified';

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

/** Sealed behind the one before it. */
function sealed(record: Isolating, before?: Certificate): Certificate {
  const place = { sequence: (before?.sequence ?? 0) + 1, previous: before?.hash ?? null };
  return asStored(sealCertificate(toCertificateContents(record, undefined), place, sha256));
}

const ISOLATED = sealed(isolated());

/** What does not hold of it behind those of its chain. */
function faultsOf(record: Isolating, chain: readonly Certificate[]): readonly Statement[] {
  return findFaults(...chain, sealed(record, chain.at(-1)));
}

test.each<[string, Isolating, readonly Certificate[]]>([
  ['an isolation', isolated(), []],
  ['an undo behind its isolation', undone(), [ISOLATED]],
  ['one that was refused', isolated({ runs: [], after: [had('eni-1', 'sg-1', 'sg-2')] }, { outcome: 'failed' }), []],
  ['one that was there already', isolated({ runs: [] }, { outcome: 'already-isolated' }), []],
])('%s holds', (_, record, chain) => {
  expect(faultsOf(record, chain)).toEqual([]);
});

test.each<[string, Isolating, readonly Certificate[], Statement]>([
  [
    'an interface that kept a group',
    isolated({ after: [had('eni-1', 'sg-1', 'sg-iso')] }),
    [],
    doesNotHold('closed', { code: 'not-cut-off', interface: 'eni-1', groups: ['sg-1', 'sg-iso'] }, 'after'),
  ],
  [
    'a second interface that was left',
    isolated({ after: [had('eni-1', 'sg-iso'), had('eni-2', 'sg-1')] }),
    [],
    doesNotHold('closed', { code: 'not-cut-off', interface: 'eni-2', groups: ['sg-1'] }, 'after'),
  ],
  [
    'a group of another VPC',
    isolated({ isolating: [{ id: 'sg-iso', vpcId: 'vpc-2', rules: [] }] }),
    [],
    doesNotHold('closed', { code: 'not-cut-off', interface: 'eni-1', groups: ['sg-iso'] }, 'after'),
  ],
  [
    'an isolating group with a rule',
    isolated({ isolating: [{ id: 'sg-iso', vpcId: 'vpc-1', rules: [OUT] }] }),
    [],
    doesNotHold('closed', { code: 'isolating-group-not-empty', group: 'sg-iso' }, 'after'),
  ],
  ['no interface at all', isolated({ after: [] }), [], doesNotHold('closed', { code: 'nothing-to-cut-off' }, 'after')],
  [
    'no runs',
    isolated({ runs: [] }),
    [],
    doesNotHold('outcome', { code: 'outcome-without-runs', outcome: 'isolated' }, 'outcome'),
  ],
  [
    'a run that gave another group',
    isolated({ runs: [replaced('eni-1', ['sg-1'], ['sg-wide'])] }),
    [],
    doesNotHold('nothing-opened', { code: 'given-other-groups', interface: 'eni-1', groups: ['sg-wide'] }, 'runs'),
  ],
  [
    'a run on an interface of somebody else',
    isolated({ runs: [replaced('eni-9', ['sg-1'], ['sg-iso'])] }),
    [],
    doesNotHold(
      'smallest-cut',
      { code: 'touched-another', call: 'ModifyNetworkInterfaceAttribute', id: 'eni-9' },
      'runs',
    ),
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
    doesNotHold('smallest-cut', { code: 'touched-another', call: 'RevokeSecurityGroupIngress', id: 'sg-1' }, 'runs'),
  ],
  [
    'an undo that says more than it did',
    undone({ after: [had('eni-1', 'sg-1')] }),
    [ISOLATED],
    doesNotHold('outcome', { code: 'not-there-again', rules: ['sg-2 on eni-1'] }, 'outcome'),
  ],
  [
    'an undo that gave a group that was not there before',
    undone({ runs: [replaced('eni-1', ['sg-iso'], ['sg-1', 'sg-2', 'sg-wide'])] }),
    [ISOLATED],
    doesNotHold(
      'nothing-opened',
      { code: 'given-beyond-recorded', interface: 'eni-1', groups: ['sg-1', 'sg-2', 'sg-wide'] },
      'runs',
    ),
  ],
  [
    'an outcome of a closing',
    isolated({}, { outcome: 'closed' }),
    [],
    doesNotHold('outcome', { code: 'outcome-unknown', outcome: 'closed', action: 'isolate' }, 'outcome'),
  ],
])('with %s it does not hold', (_, record, chain, fault) => {
  expect(faultsOf(record, chain)).toContainEqual(fault);
});
