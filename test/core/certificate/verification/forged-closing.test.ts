import type { Certificate } from '../../../../src/core/certificate/certificate';
import {
  couldNotTell,
  doesNotHold,
  mismatch,
  type Statement,
} from '../../../../src/core/certificate/verification/statement';
import { findFaults, forge } from '../certified';
import { CERTIFICATE, OFFICE, SSH, WEB, withAfter } from './web-group';

/** As if somebody else had opened tcp 8080 between two plans. */
function explained(parts: Partial<Certificate['parts']>): Certificate {
  const opened = withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-new', FromPort: 8080, ToPort: 8080 });
  return forge(opened, { beforeLatestPlan: opened.parts.after, ...parts });
}

function isOpen(opening: string): Statement {
  return doesNotHold('closed', { code: 'open-after', opening }, 'after');
}

function isUnclear(cause: string): Statement {
  return couldNotTell('closed', { code: 'openness-unclear', cause }, 'after');
}

function wasAbsent(part: string, rule: string): Statement {
  return doesNotHold('smallest-cut', { code: 'planned-what-was-absent', part, rule }, 'plan');
}

function makesNoSense(cause: string): Statement {
  return couldNotTell('unchanged', { code: 'state-makes-no-sense', part: 'after', cause }, 'after');
}

describe('A closing', () => {
  test('holds as it was recorded', () => {
    expect(CERTIFICATE.parts.outcome.outcome).toBe('closed');
    expect(findFaults(CERTIFICATE)).toEqual([]);
  });

  test.each<[string, Certificate, Statement]>([
    [
      'left the violating rule',
      withAfter(SSH, WEB, OFFICE),
      isOpen('tcp 22 from the whole IPv4 internet by sgr-ssh, which EC2.13 forbids'),
    ],
    [
      'left two halves of the internet',
      withAfter({ ...SSH, CidrIpv4: '0.0.0.0/1' }, { ...OFFICE, CidrIpv4: '128.0.0.0/1' }, WEB),
      isOpen('tcp 22 from the whole IPv4 internet by sgr-ssh, sgr-office, which EC2.13 forbids'),
    ],
    [
      'opened a port',
      withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-new', FromPort: 80, ToPort: 80 }),
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'tcp 80 0.0.0.0/0' }, 'after'),
    ],
    [
      'opened the way out',
      withAfter(WEB, OFFICE, { ...WEB, SecurityGroupRuleId: 'sgr-out', IsEgress: true }),
      doesNotHold('nothing-opened', { code: 'became-reachable', traffic: 'egress tcp 443 0.0.0.0/0' }, 'after'),
    ],
    [
      'blocked the office',
      withAfter(WEB),
      doesNotHold(
        'smallest-cut',
        { code: 'compliant-rule-gone', rule: 'ingress tcp 22 from 198.51.100.0/24' },
        'after',
      ),
    ],
    [
      'blocked the web',
      withAfter(OFFICE),
      doesNotHold('smallest-cut', { code: 'compliant-traffic-cut', traffic: 'tcp 443 0.0.0.0/0' }, 'after'),
    ],
    ['ran nothing', forge(CERTIFICATE, { runs: [] }), mismatch({ code: 'outcome-without-runs', outcome: 'closed' })],
    [
      'was not read back',
      forge(CERTIFICATE, { after: null }),
      mismatch({ code: 'outcome-not-read-back', outcome: 'closed' }),
    ],
    ['kept no state before', forge(CERTIFICATE, { before: null }), mismatch({ code: 'before-not-kept' })],
    [
      'had nothing to close',
      forge(CERTIFICATE, { before: CERTIFICATE.parts.after }),
      mismatch({ code: 'nothing-was-open' }),
    ],
    [
      'was of another group',
      forge(CERTIFICATE, { target: { ...CERTIFICATE.parts.target, id: 'sg-other' } }),
      doesNotHold(
        'outcome',
        { code: 'state-of-another', part: 'before', kind: 'security-group', id: 'sg-0a1b2c3d', target: 'sg-other' },
        'before',
      ),
    ],
    [
      'failed, though it is closed',
      forge(CERTIFICATE, { outcome: { outcome: 'failed', reason: '' } }),
      mismatch({ code: 'nothing-stayed-open', outcome: 'failed' }),
    ],
    [
      'ended in no known way',
      forge(CERTIFICATE, { outcome: { outcome: 'fine', reason: '' } }),
      mismatch({ code: 'outcome-unknown', outcome: 'fine', action: 'close' }),
    ],
    [
      'ended as something that every object has',
      forge(CERTIFICATE, { after: CERTIFICATE.parts.before, outcome: { outcome: 'toString', reason: '' } }),
      mismatch({ code: 'outcome-unknown', outcome: 'toString', action: 'close' }),
    ],
    [
      'ended before it began',
      forge(CERTIFICATE, { times: { startedAt: '2026-03-02T00:00:00Z', finishedAt: '2026-03-01T00:00:00Z' } }),
      mismatch({ code: 'ended-before-begun' }),
    ],
    [
      'ran without a plan',
      forge(CERTIFICATE, { plan: null }),
      doesNotHold('smallest-cut', { code: 'ran-without-plan' }, 'plan'),
    ],
    [
      'ran something else than the plan',
      forge(CERTIFICATE, { plan: { violations: [], steps: [], ask: [], remarks: [] } }),
      doesNotHold('smallest-cut', { code: 'ran-otherwise' }, 'runs'),
    ],
    [
      'made its only plan for another state, which explains what it opened',
      explained({}),
      wasAbsent('beforeLatestPlan', 'ingress tcp 22 from 0.0.0.0/0'),
    ],
    [
      'made a later plan, and ran nothing before it',
      explained({ runs: [], plan: null, outcome: { outcome: 'already-closed', reason: '' } }),
      mismatch({ code: 'later-plan-without-runs' }),
    ],
    [
      'made its plan for a group without the rule',
      forge(CERTIFICATE, { before: withAfter(WEB, OFFICE).parts.after }),
      wasAbsent('before', 'ingress tcp 22 from 0.0.0.0/0'),
    ],
    [
      'was for a control that nobody knows',
      forge(CERTIFICATE, { controls: [{ id: 'EC2.99', parameters: [] }] }),
      isUnclear('what EC2.99 forbids is not known here'),
    ],
    [
      'was for no control',
      forge(CERTIFICATE, { controls: [], findings: [] }),
      isUnclear('there is no control to hold it against'),
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
      isOpen('tcp 443 from the whole IPv4 internet by sgr-web, which EC2.18 forbids'),
    ],
    [
      'has a rule of a protocol that is none',
      withAfter({ ...WEB, IpProtocol: 'constructor' }, OFFICE),
      makesNoSense('the protocol or ports of sgr-web make no sense'),
    ],
    [
      'has a rule that makes no sense',
      withAfter({ ...WEB, CidrIpv4: '0.0.0.0/33' }, OFFICE),
      makesNoSense('"0.0.0.0/33" in sgr-web is not an address block'),
    ],
  ])('is found out that %s', (_, certificate, fault) => {
    expect(findFaults(certificate)).toContainEqual(fault);
  });
});
