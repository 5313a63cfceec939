import type { RemediationRecord } from '../../../src/core/ledger/remediation-record';
import { decideUndo, type UndoFacts } from '../../../src/core/policy/decide-undo';
import { renderUndoReason, type UndoReason } from '../../../src/core/reasons/undo-reasons';
import { targetKey, type Target } from '../../../src/core/target';

const TARGET: Target = {
  kind: 'security-group',
  partition: 'aws',
  account: '222222222222',
  region: 'eu-central-1',
  id: 'sg-0a1b2c3d4e5f60718',
};

const BEFORE = { kind: 'security-group', id: TARGET.id, name: 'web', tags: [], rules: [], prefixLists: {} } as const;

const CLOSING: RemediationRecord = {
  remediationId: 'rem-0123456789abcdef',
  action: 'close',
  target: TARGET,
  trigger: 'custom-action',
  decidedBy: 'custom action "Close ingress"',
  findings: [],
  startedAt: '2026-03-01T12:00:00.000Z',
  finishedAt: '2026-03-01T12:00:09.000Z',
  outcome: 'closed',
  before: BEFORE,
  runs: [
    {
      runId: 'rem-0123456789abcdef/0.0',
      step: { call: 'RevokeSecurityGroupIngress', rules: [] },
      startedAt: '2026-03-01T12:00:01.000Z',
      end: 'effect-seen',
    },
  ],
};

/** It begins at once. */
function askedAndReadAt(at: string): Pick<UndoFacts, 'now' | 'askedAt'> {
  return { now: new Date(at), askedAt: at };
}

const FACTS: UndoFacts = {
  closing: CLOSING,
  target: TARGET,
  ...askedAndReadAt('2026-03-31T12:00:00.000Z'),
  maxAgeDays: 30,
  confirmed: false,
};

const { before: _before, ...WITHOUT_BEFORE } = CLOSING;

describe('decideUndo', () => {
  test('lets a closing be undone that is not too old', () => {
    expect(decideUndo(FACTS)).toEqual({ kind: 'go', before: BEFORE, runs: CLOSING.runs });
  });

  test('takes every planned call for one that may have run, where the closing was lost in the middle', () => {
    const { finishedAt: _, ...lost } = CLOSING;
    const step = { call: 'RevokeSecurityGroupIngress', rules: [] } as const;
    const plan = { violations: [], steps: [step], remaining: [], ask: [], remarks: [] };
    expect(decideUndo({ ...FACTS, closing: { ...lost, outcome: 'running', runs: [], plan } })).toMatchObject({
      kind: 'go',
      runs: [{ step, end: 'unknown' }],
    });
  });

  test('asks when it is a day older, and says how to confirm', () => {
    const decision = decideUndo({ ...FACTS, ...askedAndReadAt('2026-04-01T12:00:00.000Z') });
    const reasons = [{ code: 'undo-needs-confirmation', closing: 'rem-0123456789abcdef', days: 31, maxAgeDays: 30 }];
    expect(decision).toMatchObject({ kind: 'no-go', outcome: 'asked', reasons });
  });

  test('lets an old one be undone that is confirmed', () => {
    expect(decideUndo({ ...FACTS, ...askedAndReadAt('2027-04-01T12:00:00.000Z'), confirmed: true }).kind).toBe('go');
  });

  test('does not begin when minutes have passed since it was asked for, whoever confirmed it then', () => {
    const asked = { ...FACTS, confirmed: true, now: new Date('2026-03-10T12:00:00.000Z') };
    expect(decideUndo({ ...asked, askedAt: '2026-03-10T11:45:00.000Z' }).kind).toBe('go');
    expect(decideUndo({ ...asked, askedAt: '2026-03-10T11:44:59.000Z' })).toMatchObject({
      kind: 'no-go',
      outcome: 'asked',
      reasons: [{ code: 'undo-began-late', askedAt: '2026-03-10T11:44:59.000Z', minutes: 15 }],
    });
  });

  test.each([
    ['nobody wrote when it was asked for', {}],
    ['it was asked for in a future that no clock of ours explains', { askedAt: '2026-03-31T12:16:00.000Z' }],
  ])('does not begin when %s', (_, asked) => {
    const { askedAt: _askedAt, ...facts } = FACTS;
    expect(decideUndo({ ...facts, ...asked, confirmed: true })).toMatchObject({ kind: 'no-go', outcome: 'asked' });
  });

  test.each<[string, Partial<UndoFacts>, string, UndoReason]>([
    [
      'of another target',
      { target: { ...TARGET, account: '333333333333' } },
      'failed',
      {
        code: 'undo-of-another-target',
        closing: CLOSING.remediationId,
        of: targetKey(TARGET),
        target: targetKey({ ...TARGET, account: '333333333333' }),
      },
    ],
    [
      'that is an undo',
      { closing: { ...CLOSING, action: 'undo', undoes: 'rem-1' } },
      'failed',
      { code: 'not-a-closing', remediation: CLOSING.remediationId, undoes: 'rem-1' },
    ],
    [
      'that is a preview',
      { closing: { ...CLOSING, action: 'preview' } },
      'failed',
      { code: 'not-a-closing', remediation: CLOSING.remediationId },
    ],
    [
      'that was undone',
      { closing: { ...CLOSING, undoneBy: 'rem-2' } },
      'nothing-to-undo',
      { code: 'undone-already', undoneBy: 'rem-2' },
    ],
    [
      'that changed nothing',
      { closing: { ...CLOSING, runs: [], outcome: 'asked' } },
      'nothing-to-undo',
      { code: 'changed-nothing', outcome: 'asked' },
    ],
    ['without a before-state', { closing: WITHOUT_BEFORE }, 'failed', { code: 'before-state-missing' }],
  ])('does not undo one %s', (_, facts, outcome, reason) => {
    expect(decideUndo({ ...FACTS, confirmed: true, ...facts })).toEqual({
      kind: 'no-go',
      outcome,
      reason: renderUndoReason(reason),
      reasons: [reason],
    });
  });
});
