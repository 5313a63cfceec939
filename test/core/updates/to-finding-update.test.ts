import { known, unknown } from '../../../src/core/context/fact';
import {
  REMEDIATION_OUTCOMES,
  type RemediationOutcome,
  type RemediationRecord,
  type RunbookRunRecord,
} from '../../../src/core/ledger/remediation-record';
import type { NetworkAcl, NetworkAclEntry } from '../../../src/core/network/network-acl';
import type { SecurityGroupRule } from '../../../src/core/network/security-group-rule';
import type { SecurityGroupStep } from '../../../src/core/planning/plan';
import { NOTE_CHARACTERS } from '../../../src/core/updates/compose-note';
import { toFindingUpdate } from '../../../src/core/updates/to-finding-update';
import { KNOWN_CONTEXT } from '../policy/known-context';

const SSH: SecurityGroupRule = {
  SecurityGroupRuleId: 'sgr-1',
  IsEgress: false,
  IpProtocol: 'tcp',
  FromPort: 22,
  ToPort: 22,
  CidrIpv4: '0.0.0.0/0',
};
const HTTPS: SecurityGroupRule = { ...SSH, SecurityGroupRuleId: 'sgr-2', FromPort: 443, ToPort: 443 };

function revoking(...rules: readonly SecurityGroupRule[]): SecurityGroupStep {
  return { call: 'RevokeSecurityGroupIngress', rules };
}

function run(end: RunbookRunRecord['end'], ...rules: readonly SecurityGroupRule[]): RunbookRunRecord {
  return {
    runId: 'rem-0123456789abcdef/0.0',
    step: revoking(...rules),
    startedAt: '2026-11-21T10:00:01.000Z',
    ...(end === undefined ? {} : { end }),
  };
}

function record(outcome: RemediationOutcome, change: Partial<RemediationRecord> = {}): RemediationRecord {
  return {
    remediationId: 'prm-1',
    action: 'close',
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
        'To take it back, choose Undo closing. Decided by: custom action "Close ingress". Remediation prm-1.',
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
    const plan = { violations: [], steps: [revoking(SSH)], remaining: [], ask: [], remarks: [] };
    expect(toFindingUpdate(record('asked', { plan, reason: 'Protected.' })).note).toContain(
      'until then it stays open. Protected. Would be revoked: tcp 22 from 0.0.0.0/0 (sgr-1).',
    );
  });
});

describe('a network ACL', () => {
  const entry = (RuleNumber: number, From: number, To: number): NetworkAclEntry => ({
    RuleNumber,
    Protocol: '6',
    RuleAction: 'allow',
    Egress: false,
    CidrBlock: '0.0.0.0/0',
    PortRange: { From, To },
  });
  const ACL: NetworkAcl = {
    kind: 'network-acl',
    id: 'acl-1',
    isDefault: false,
    tags: [],
    entries: [entry(100, 0, 65535)],
  };

  test('is shown entry by entry: what was replaced, and what it lets in now', () => {
    const { note } = toFindingUpdate(
      record('closed', {
        target: { kind: 'network-acl', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: 'acl-1' },
        before: ACL,
        runs: [
          { ...run('effect-seen'), step: { call: 'CreateNetworkAclEntry', rules: [entry(101, 23, 3388)] } },
          { ...run('effect-seen'), step: { call: 'ReplaceNetworkAclEntry', rules: [entry(100, 0, 21)] } },
        ],
        after: [entry(100, 0, 21), entry(101, 23, 3388), { ...entry(32767, 0, 65535), RuleAction: 'deny' }],
      }),
    );
    expect(note).toContain('Replaced: entry 100 tcp 0-65535 from 0.0.0.0/0 by ');
    expect(note).toContain('Open to the internet: tcp 0-21, tcp 23-3388 from 0.0.0.0/0.');
  });

  test('of which some calls ran says what is there now', () => {
    const { note } = toFindingUpdate(
      record('failed', {
        before: ACL,
        reason: 'Denied.',
        runs: [{ ...run('effect-seen'), step: { call: 'CreateNetworkAclEntry', rules: [entry(101, 23, 3388)] } }],
      }),
    );
    expect(note).toContain('Added: entry 101 tcp 23-3388 from 0.0.0.0/0.');
  });
});

describe('an undo', () => {
  const undo = (outcome: RemediationOutcome, change: Partial<RemediationRecord> = {}) =>
    record(outcome, { action: 'undo', undoes: 'rem-0123456789abcdef', ...change });
  const putBack: RunbookRunRecord = {
    ...run('effect-seen'),
    step: { call: 'AuthorizeSecurityGroupIngress', rules: [{ ...SSH, SecurityGroupRuleId: 'sgr-9' }] },
  };

  test.each<[RemediationOutcome, readonly RunbookRunRecord[], string | undefined]>([
    ['undone', [putBack], 'NEW'],
    ['partly-undone', [putBack], 'NEW'],
    ['nothing-to-undo', [], undefined],
    ['not-needed', [], undefined],
    ['asked', [], undefined],
    ['failed', [], undefined],
    ['could-not-tell', [], undefined],
    ['could-not-tell', [putBack], 'NOTIFIED'],
    ['failed', [run('failed', SSH)], 'NOTIFIED'],
  ])('that ended as %s after %j sets the workflow to what is known', (outcome, runs, workflow) => {
    const update = toFindingUpdate(undo(outcome, { runs }));
    expect(update.workflow).toBe(workflow);
    // Where nothing was touched, the finding keeps the id of its closing for another try.
    expect(update.userDefinedFields === undefined).toBe(workflow === undefined);
  });

  test('says what is open again, and that it stays so', () => {
    expect(toFindingUpdate(undo('undone', { runs: [putBack] })).note).toBe(
      'Portcullis undid closing rem-0123456789abcdef and read it back. Added: tcp 22 from 0.0.0.0/0 (sgr-9). ' +
        'It is not closed automatically again; Close ingress does it. Decided by: custom action "Close ingress". Remediation prm-1.',
    );
  });

  test('says what it left alone', () => {
    const { note } = toFindingUpdate(
      undo('partly-undone', { runs: [putBack], reason: 'Left alone: tcp 80 was narrowed.' }),
    );
    expect(note).toContain('Left alone: tcp 80 was narrowed.');
  });
});

describe('a preview', () => {
  test('writes a note and nothing else', () => {
    const update = toFindingUpdate(record('previewed', { action: 'preview', reason: 'Would be revoked: tcp 22.' }));
    expect(update).toMatchObject({ workflow: undefined, userDefinedFields: undefined });
    expect(update.note).toContain('nothing was changed. Would be revoked: tcp 22.');
  });
});

test('a question about a target behind a load balancer says first how it is reached and what closing takes from it', () => {
  const way = 'net/front (tcp 443 → 22) to i-0123456789abcdef0';
  const { note } = toFindingUpdate(
    record('asked', {
      decidedBy: 'policy entry "reachable asks"',
      reason: 'Policy entry "reachable asks" asks',
      context: {
        ...KNOWN_CONTEXT,
        used: unknown('not asked'),
        otherWayIn: known({ answer: 'no', ways: [] }, 'no agent is online on i-1'),
        reachable: known({ answer: 'yes', through: [way], keptOut: ['net/front'] }, way),
      },
      question: { questionId: 'q-0123456789abcdef', until: '2026-11-30T10:00:00.000Z', onSilence: 'leave' } as never,
    }),
  );
  expect(note.length).toBeLessThanOrEqual(NOTE_CHARACTERS);
  expect(note).toBe(
    'Portcullis needs a decision and changed nothing; until then it stays open. Policy entry "reachable asks" asks. ' +
      `The internet reaches it through ${way}. The target sees net/front itself, which closing keeps out too unless a ` +
      'rule that stays lets it in. No other way into it is known: no agent is online… ' +
      'Until 2026-11-30 10:00Z: Close ingress, or portcullis approve q-0123456789abcdef; then it stays as it is. ' +
      'Decided by: policy entry "reachable asks". Remediation prm-1.',
  );
});
