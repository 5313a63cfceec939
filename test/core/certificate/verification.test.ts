import type { Certificate, CertificateParts } from '../../../src/core/certificate/certificate';
import { toCertificateContents } from '../../../src/core/certificate/making/to-certificate-contents';
import { sealCertificate } from '../../../src/core/certificate/seal-certificate';
import { readEvidence } from '../../../src/core/certificate/verification/evidence';
import { verifyCertificates } from '../../../src/core/certificate/verification/verify-certificates';
import type { ControlInHand } from '../../../src/core/controls/control-id';
import type { SecurityGroup, SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { DEFAULT_PLAN_POLICY } from '../../../src/core/planning/plan-policy';
import { asStored, certify, closeOnModel, findFaults, forge, sha256, toRun } from './certified';

const SSH: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-ssh',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
};
const WEB: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-web', FromPort: 443, ToPort: 443 };
const OFFICE: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-office', CidrIpv4: '198.51.100.0/24' };
const EC2_13: ControlInHand = { id: 'EC2.13', parameters: [] };

function group(...rules: readonly SecurityGroupRule[]): SecurityGroup {
  return { kind: 'security-group', id: 'sg-0a1b2c3d', name: 'web', tags: [], rules, prefixLists: {} };
}

const CLOSED = closeOnModel(group(SSH, WEB, OFFICE), [EC2_13], DEFAULT_PLAN_POLICY);
const CERTIFICATE = certify(CLOSED);
const AFTER = CERTIFICATE.parts.after;

function textsOf(...certificates: readonly unknown[]): readonly string[] {
  return findFaults(...certificates).map(({ check, text }) => `${check}: ${text}`);
}

function withAfter(...rules: readonly SecurityGroupRule[]): Certificate {
  if (AFTER?.kind !== 'security-group') throw new Error('no group');
  return forge(CERTIFICATE, { after: { ...AFTER, rules } });
}

describe('A closing', () => {
  test('holds as it was recorded', () => {
    expect(CERTIFICATE.parts.outcome.outcome).toBe('closed');
    expect(textsOf(CERTIFICATE)).toEqual([]);
  });

  test.each<[string, Certificate, string]>([
    [
      'left the violating rule',
      withAfter(SSH, WEB, OFFICE),
      'closed: open after: tcp 22 from the whole IPv4 internet by sgr-ssh, which EC2.13 forbids',
    ],
    [
      'left two halves of the internet',
      withAfter({ ...SSH, CidrIpv4: '0.0.0.0/1' }, { ...OFFICE, CidrIpv4: '128.0.0.0/1' }, WEB),
      'closed: open after: tcp 22 from the whole IPv4 internet by sgr-ssh, sgr-office, which EC2.13 forbids',
    ],
    [
      'opened a port',
      withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-new', FromPort: 80, ToPort: 80 }),
      'nothing-opened: became reachable: tcp 80 0.0.0.0/0',
    ],
    [
      'opened the way out',
      withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-out', IsEgress: true }),
      'nothing-opened: became reachable: egress tcp 443 0.0.0.0/0',
    ],
    [
      'cut the office off',
      withAfter(WEB),
      'smallest-cut: is gone, though it violated nothing: ingress tcp 22 from 198.51.100.0/24',
    ],
    [
      'cut the web off',
      withAfter(OFFICE),
      'smallest-cut: cut, though it belonged to nothing that violates: tcp 443 0.0.0.0/0',
    ],
    ['ran nothing', forge(CERTIFICATE, { runs: [] }), 'outcome: it says closed, and nothing ran'],
    ['was not read back', forge(CERTIFICATE, { after: null }), 'outcome: it says closed, and nothing was read back'],
    [
      'kept no state before',
      forge(CERTIFICATE, { before: null }),
      'outcome: runbooks ran, and the state before was not kept',
    ],
    [
      'had nothing to close',
      forge(CERTIFICATE, { before: AFTER }),
      'outcome: it says closed, and nothing that the controls in hand forbid was open before',
    ],
    [
      'was of another group',
      forge(CERTIFICATE, { target: { ...CERTIFICATE.parts.target, id: 'sg-other' } }),
      'outcome: the state before is of security-group sg-0a1b2c3d, not of the target sg-other',
    ],
    [
      'failed, though it is closed',
      forge(CERTIFICATE, { outcome: { outcome: 'failed', reason: '' } }),
      'outcome: it says failed, and nothing that the controls in hand forbid is open after',
    ],
    [
      'ended in no known way',
      forge(CERTIFICATE, { outcome: { outcome: 'fine', reason: '' } }),
      'outcome: "fine" is not how a closing ends',
    ],
    [
      'ended before it began',
      forge(CERTIFICATE, { times: { startedAt: '2026-03-02T00:00:00Z', finishedAt: '2026-03-01T00:00:00Z' } }),
      'outcome: it ended before it began',
    ],
    ['ran without a plan', forge(CERTIFICATE, { plan: null }), 'smallest-cut: runbooks ran, and there is no plan'],
    [
      'ran something else than the plan',
      forge(CERTIFICATE, { plan: { violations: [], steps: [], ask: [], remarks: [] } }),
      'smallest-cut: what ran is not what the plan says',
    ],
    [
      'was for a control that nobody knows',
      forge(CERTIFICATE, { controls: [{ id: 'EC2.99', parameters: [] }] }),
      'closed: what EC2.99 forbids is not known here',
    ],
    [
      'was for no control',
      forge(CERTIFICATE, { controls: [], findings: [] }),
      'closed: there is no control to hold it against',
    ],
    [
      'settled a finding whose control still fails',
      forge(CERTIFICATE, {
        findings: [
          ...CERTIFICATE.parts.findings,
          {
            id: 'f',
            productArn: 'p',
            alongside: true,
            control: { id: 'EC2.18', parameters: [{ Name: 'authorizedTcpPorts', Value: ['80'] }] },
          },
        ],
      }),
      'closed: open after: tcp 443 from the whole IPv4 internet by sgr-web, which EC2.18 forbids',
    ],
    [
      'has a rule that makes no sense',
      withAfter({ ...WEB, CidrIpv4: '0.0.0.0/33' }, OFFICE),
      'unchanged: after: "0.0.0.0/33" in sgr-web is not an address block',
    ],
  ])('is found out that %s', (_, certificate, text) => {
    expect(textsOf(certificate)).toContain(text);
  });

  test('of halves of the internet may not cut what is inside one of them', () => {
    const halves = ['0.0.0.0/1', '128.0.0.0/1'].map((CidrIpv4) => ({
      ...SSH,
      SecurityGroupRuleId: CidrIpv4,
      CidrIpv4,
    }));
    const inside = { ...OFFICE, CidrIpv4: '8.8.8.0/24' };
    const closed = closeOnModel(group(...halves, inside), [EC2_13], DEFAULT_PLAN_POLICY);
    expect(textsOf(certify(closed))).toEqual([]);
    expect(textsOf(certify({ ...closed, after: group() }))).toEqual([
      'smallest-cut: is gone, though it violated nothing: ingress tcp 22 from 8.8.8.0/24',
    ]);
  });

  test.each([{ CidrIpv4: '0.0.0.0/0' }, { CidrIpv6: '::/0' }])('may not leave every protocol open to %j', (source) => {
    const parameters = ['authorizedTcpPorts', 'authorizedUdpPorts'].map((Name) => ({ Name, Value: ['0-65535'] }));
    const everything = { SecurityGroupRuleId: 'sgr-all', IsEgress: false, IpProtocol: '-1', ...source };
    const closed = closeOnModel(group(everything), [{ id: 'EC2.18', parameters }], DEFAULT_PLAN_POLICY);
    expect(textsOf(certify(closed))).toEqual([]);
    expect(textsOf(certify({ ...closed, after: group(everything) }))).toEqual([
      expect.stringMatching(/^closed: open after: every protocol from the whole IPv[46] internet by sgr-all/),
    ]);
  });

  test('that settled another finding is not judged by its control when it comes to what may be cut', () => {
    const { findings, controls } = toCertificateContents(
      {
        ...CLOSED.record,
        findings: [...CLOSED.record.findings, { id: 'f', productArn: 'p', control: 'EC2.14', alongside: true }],
      },
      CLOSED.after,
    ).parts;
    expect(findings.map(({ control }) => control.id)).toEqual(['EC2.13', 'EC2.14']);
    expect(controls.map(({ id }) => id)).toEqual(['EC2.13']);
  });

  test('whose prefix list was not read is not certain', () => {
    const { CidrIpv4: _own, ...rule } = OFFICE;
    const fromList = { ...rule, PrefixListId: 'pl-1' };
    expect(textsOf(asStored(withAfter(WEB, OFFICE, fromList)))).toContain(
      'closed: prefix list pl-1 was not read, so tcp 22 may be open from the whole IPv4 internet',
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
    const closed = closeOnModel({ ...group(SSH, fromList), ...at(3, '10.0.0.0/8') }, [EC2_13], DEFAULT_PLAN_POLICY);
    const same = certify(closed);
    expect(same.parts.prefixLists).toEqual([
      { id: 'pl-1', version: 3, in: ['before', 'after'], cidrs: ['10.0.0.0/8'] },
    ]);
    expect(textsOf(same)).toEqual([]);
    if (closed.after.kind !== 'security-group') throw new Error('no group');
    const grown = certify({ ...closed, after: { ...closed.after, ...at(4, '10.0.0.0/8', '8.8.8.0/24') } });
    expect(grown.parts.prefixLists.map((list) => [list.version, list.in])).toEqual([
      [3, ['before']],
      [4, ['after']],
    ]);
    expect(textsOf(grown)).toEqual(['nothing-opened: became reachable: tcp 443 8.8.8.0/24']);
  });

  test('beside which somebody opened and closed something, as the second plan saw, holds, and says so', () => {
    const theirs = { ...WEB, SecurityGroupRuleId: 'sgr-theirs', FromPort: 80, ToPort: 80 };
    const record = { ...CLOSED.record, beforeLatestPlan: group(SSH, WEB, theirs) };
    const certificate = certify({ record, after: group(WEB, theirs) });
    expect(textsOf(certificate)).toEqual([]);
    expect(statementsOf(certificate)).toMatchObject({
      'nothing-opened': 'somebody else opened between two plans: tcp 80 0.0.0.0/0',
      'smallest-cut': expect.stringContaining('somebody else changed it between two plans: is gone') as string,
    });
    // What a run of ours has opened is not somebody else's.
    const opens = { call: 'AuthorizeSecurityGroupIngress', rules: [theirs] } as const;
    const runs = [toRun(opens, 0), ...CLOSED.record.runs];
    const byUs = certify({ record: { ...record, runs }, after: group(WEB, theirs) });
    expect(textsOf(byUs)).toContain('nothing-opened: became reachable: tcp 80 0.0.0.0/0');
  });
});

describe('A remediation that', () => {
  test.each<[string, Partial<CertificateParts>]>([
    ['failed', { after: CERTIFICATE.parts.before, outcome: { outcome: 'failed', reason: 'Denied.' } }],
    ['asked', { after: CERTIFICATE.parts.before, runs: [], outcome: { outcome: 'asked', reason: 'A list.' } }],
    ['found its target gone', { after: null, runs: [], outcome: { outcome: 'not-needed', reason: 'Gone.' } }],
    [
      'could not tell, and ran nothing',
      { before: null, plan: null, after: null, runs: [], outcome: { outcome: 'could-not-tell', reason: '' } },
    ],
  ])('%s claims nothing that does not hold', (_, parts) => {
    const certificate = forge(CERTIFICATE, parts);
    expect(textsOf(certificate)).toEqual([]);
    expect(statementsOf(certificate)).toHaveProperty('closed', `it ended as ${certificate.parts.outcome.outcome}`);
  });

  test('could not tell, and ran something, leaves open what it did', () => {
    const certificate = forge(CERTIFICATE, { after: null, outcome: { outcome: 'could-not-tell', reason: '' } });
    expect(findFaults(certificate).map(({ check, verdict }) => [check, verdict])).toEqual([
      ['nothing-opened', 'could-not-tell'],
      ['smallest-cut', 'could-not-tell'],
    ]);
  });
});

function statementsOf(certificate: Certificate): Readonly<Record<string, string>> {
  const evidence = readEvidence(certificate);
  if (!evidence.ok) throw new Error(evidence.error);
  const read = { document: { name: 'one', value: certificate }, evidence: evidence.value };
  const [verified] = verifyCertificates([read], sha256);
  return Object.fromEntries((verified?.statements ?? []).map(({ check, text }) => [check, text]));
}

describe('A chain', () => {
  const contents = toCertificateContents(CLOSED.record, CLOSED.after);
  const chain: Certificate[] = [];
  for (let sequence = 1; sequence <= 4; sequence++) {
    const remediationId = `rem-000000000000000${String(sequence)}`;
    const place = { sequence, previous: chain.at(-1)?.hash ?? null };
    chain.push(asStored(sealCertificate({ ...contents, remediationId }, place, sha256)));
  }
  const [one, two, three, four] = chain;

  test('holds in any order of files, twice the same one included, and from wherever it begins', () => {
    expect(textsOf(four, one, three, two)).toEqual([]);
    expect(textsOf(one, one, two)).toEqual([]);
    expect(textsOf(three, four)).toEqual([]);
    expect(three && statementsOf(three)).toHaveProperty(
      'chain',
      'begins with number 3: what was before is not among the files',
    );
  });

  test.each<[string, readonly unknown[], string]>([
    ['one is missing', [one, two, four], 'chain: number 3 is missing before it'],
    ['several are missing', [one, four], 'chain: numbers 2 to 3 are missing before it'],
  ])('is broken where %s', (_, certificates, text) => {
    expect(textsOf(...certificates)).toEqual([text]);
  });

  test('is broken where one was put in place of another, hashes and all', () => {
    const other = two && forge(two, { outcome: { outcome: 'closed', reason: 'Something else.' } });
    expect(textsOf(one, other, three)).toEqual(['chain: number 2 is not the one that it names as the one before it']);
    expect(textsOf(one, two, other)).toEqual(['chain: there are two certificates with number 2']);
  });

  test('begins with one that names none before it, and only that one does', () => {
    const place = (sequence: number, previous: string | null) =>
      asStored(sealCertificate(contents, { sequence, previous }, sha256));
    expect(textsOf(place(1, 'abc'))).toEqual(['chain: the first one names one before it']);
    expect(textsOf(place(2, null))).toEqual(['chain: number 2 names none before it']);
  });

  test('is of one target: certificates of others do not stand between', () => {
    const { target } = contents.parts;
    const others = ['us-east-1', 'us-west-2'].map((region) => ({
      ...contents,
      parts: { ...contents.parts, target: { ...target, region } },
    }));
    const firsts = others.map((each) => asStored(sealCertificate(each, { sequence: 1, previous: null }, sha256)));
    expect(textsOf(one, ...firsts, two)).toEqual([]);
  });
});

test.each<[string, unknown, string]>([
  ['nothing', null, 'is not a certificate of Portcullis'],
  ['a list', [], 'is not a certificate of Portcullis'],
  ['another file', { Findings: [] }, 'is not a certificate of Portcullis'],
  ['a later version', { ...CERTIFICATE, version: 2 }, 'is a certificate of version 2; this Portcullis knows version 1'],
  ['one without a hash', { ...CERTIFICATE, hash: undefined }, 'is not a certificate: Invalid input: expected string'],
])('%s is told apart from a certificate', (_, value, text) => {
  expect(readEvidence(value)).toMatchObject({ ok: false, error: expect.stringContaining(text) as string });
});
