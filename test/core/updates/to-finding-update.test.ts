import {
  REMEDIATION_OUTCOMES,
  type RemediationOutcome,
  type RemediationRecord,
  type RunbookRunRecord,
} from '../../../src/core/ledger/remediation-record';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import { NOTE_CHARACTERS } from '../../../src/core/updates/compose-note';
import { toFindingUpdate, toProblemUpdate } from '../../../src/core/updates/to-finding-update';

const SSH: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
};
const HTTPS: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-2', FromPort: 443, ToPort: 443 };

function run(end: RunbookRunRecord['end'], ...rules: readonly SecurityGroupRule[]): RunbookRunRecord {
  return {
    runId: 'rem-0123456789abcdef/0.0',
    step: { call: 'RevokeSecurityGroupIngress', rules },
    startedAt: '2026-11-21T10:00:01.000Z',
    ...(end === undefined ? {} : { end }),
  };
}

function record(outcome: RemediationOutcome, change: Partial<RemediationRecord> = {}): RemediationRecord {
  return {
    remediationId: 'prm-1',
    target: { kind: 'security-group', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: 'sg-1' },
    trigger: 'custom-action',
    decidedBy: 'custom action "Close ingress"',
    findings: [],
    startedAt: '2026-11-21T10:00:00.000Z',
    outcome,
    runs: [],
    ...change,
  };
}

describe('toFindingUpdate', () => {
  test('says what was revoked, what stays open and who decided', () => {
    const update = toFindingUpdate(record('closed', { runs: [run('effect-seen', SSH)], after: [HTTPS] }));
    expect(update).toEqual({
      workflow: 'RESOLVED',
      note:
        'Closed by Portcullis and read back. Revoked: tcp 22 from 0.0.0.0/0 (sgr-1). Open to the internet: tcp 443 from 0.0.0.0/0. ' +
        'The rules as they were before are kept in the ledger. Decided by: custom action "Close ingress". Remediation prm-1.',
      userDefinedFields: {
        PortcullisOutcome: 'closed',
        PortcullisRemediationId: 'prm-1',
        PortcullisDecidedBy: 'custom action "Close ingress"',
      },
    });
  });

  test('says that nothing is open to the internet any more', () => {
    const after = [
      { ...SSH, CidrIpv4: '10.0.0.0/8' },
      { ...SSH, IsEgress: true },
    ];
    expect(toFindingUpdate(record('closed', { after })).note).toContain('Open to the internet: nothing.');
  });

  test.each<[RemediationOutcome, string | undefined]>([
    ['running', 'NOTIFIED'],
    ['closed', 'RESOLVED'],
    ['already-closed', 'RESOLVED'],
    ['not-needed', undefined],
    ['asked', 'NOTIFIED'],
    ['still-open', 'NOTIFIED'],
    ['failed', 'NOTIFIED'],
    ['could-not-tell', 'NOTIFIED'],
  ])('%s sets the workflow to %s', (outcome, workflow) => {
    expect(toFindingUpdate(record(outcome)).workflow).toBe(workflow);
  });

  test('covers every outcome above', () => {
    expect(REMEDIATION_OUTCOMES).toHaveLength(8);
  });

  test.each(REMEDIATION_OUTCOMES)(
    '%s keeps its note within the limit, with the remediation id at its end',
    (outcome) => {
      const rules = Array.from({ length: 60 }, (_, i) => ({
        ...SSH,
        SecurityGroupRuleId: `sgr-${'0'.repeat(15)}${String(i)}`,
      }));
      const long = record(outcome, {
        reason: 'because '.repeat(200),
        runs: [run('effect-seen', ...rules)],
        after: rules,
      });
      const { note } = toFindingUpdate(long);
      expect(note.length).toBeLessThanOrEqual(NOTE_CHARACTERS);
      expect(note).toMatch(/Remediation prm-1\.$/);
      expect(note).not.toMatch(/undefined| {2}/);
    },
  );

  test('counts the rules that it does not name', () => {
    const rules = Array.from({ length: 6 }, () => SSH);
    expect(toFindingUpdate(record('closed', { runs: [run('effect-seen', ...rules)] })).note).toContain('and 2 more');
  });

  test('claims only what was seen', () => {
    const { note } = toFindingUpdate(
      record('failed', { reason: 'The runbook was denied', runs: [run('failed', SSH), run(undefined, SSH)] }),
    );
    expect(note).toContain('Failed, still open. The runbook was denied. ');
    expect(note).not.toContain('Revoked');
  });

  test('a question says what would be revoked', () => {
    const plan = { violations: [], steps: [run(undefined, SSH).step], remaining: [], ask: [], remarks: [] };
    expect(toFindingUpdate(record('asked', { plan, reason: 'Protected.' })).note).toContain(
      'until then it stays open. Protected. It would revoke: tcp 22 from 0.0.0.0/0 (sgr-1).',
    );
  });
});

describe('toProblemUpdate', () => {
  test('says what is wrong and leaves the finding open', () => {
    expect(toProblemUpdate('The finding names no resource.')).toMatchObject({
      workflow: 'NOTIFIED',
      note: 'Portcullis did nothing. The finding names no resource.',
    });
  });
});
