import type { Certificate } from '../../../../src/core/certificate/certificate';
import { forge } from '../certified';
import { CERTIFICATE, OFFICE, SSH, WEB, textsOf, withAfter } from './web-group';

/** As if somebody else had opened tcp 8080 between two plans. */
function explained(parts: Partial<Certificate['parts']>): Certificate {
  const opened = withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-new', FromPort: 8080, ToPort: 8080 });
  return forge(opened, { beforeLatestPlan: opened.parts.after, ...parts });
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
      'blocked the office',
      withAfter(WEB),
      'smallest-cut: is gone, though it violated nothing: ingress tcp 22 from 198.51.100.0/24',
    ],
    [
      'blocked the web',
      withAfter(OFFICE),
      'smallest-cut: removed, though it belonged to nothing that violates: tcp 443 0.0.0.0/0',
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
      forge(CERTIFICATE, { before: CERTIFICATE.parts.after }),
      'outcome: it says closed, and nothing that the requested controls forbid was open before',
    ],
    [
      'was of another group',
      forge(CERTIFICATE, { target: { ...CERTIFICATE.parts.target, id: 'sg-other' } }),
      'outcome: the state before is of security-group sg-0a1b2c3d, not of the target sg-other',
    ],
    [
      'failed, though it is closed',
      forge(CERTIFICATE, { outcome: { outcome: 'failed', reason: '' } }),
      'outcome: it says failed, and nothing that the requested controls forbid is open after',
    ],
    [
      'ended in no known way',
      forge(CERTIFICATE, { outcome: { outcome: 'fine', reason: '' } }),
      'outcome: "fine" is not how a closing ends',
    ],
    [
      'ended as something that every object has',
      forge(CERTIFICATE, { after: CERTIFICATE.parts.before, outcome: { outcome: 'toString', reason: '' } }),
      'outcome: "toString" is not how a closing ends',
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
      'made its only plan for another state, which explains what it opened',
      explained({}),
      'smallest-cut: the plan takes away what was not there in "beforeLatestPlan": ingress tcp 22 from 0.0.0.0/0',
    ],
    [
      'made a later plan, and ran nothing before it',
      explained({ runs: [], plan: null, outcome: { outcome: 'already-closed', reason: '' } }),
      'outcome: a later plan is said to have found another state, and nothing ran before it',
    ],
    [
      'made its plan for a group without the rule',
      forge(CERTIFICATE, { before: withAfter(WEB, OFFICE).parts.after }),
      'smallest-cut: the plan takes away what was not there in "before": ingress tcp 22 from 0.0.0.0/0',
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
      'resolved a finding whose control still fails',
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
      'has a rule of a protocol that is none',
      withAfter({ ...WEB, IpProtocol: 'constructor' }, OFFICE),
      'unchanged: after: the protocol or ports of sgr-web make no sense',
    ],
    [
      'has a rule that makes no sense',
      withAfter({ ...WEB, CidrIpv4: '0.0.0.0/33' }, OFFICE),
      'unchanged: after: "0.0.0.0/33" in sgr-web is not an address block',
    ],
  ])('is found out that %s', (_, certificate, text) => {
    expect(textsOf(certificate)).toContain(text);
  });
});
