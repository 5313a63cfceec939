import { createColors } from 'picocolors';
import { known } from '../../src/core/context/fact';
import { toContext } from '../../src/core/context/to-context';
import { unreadSurroundings } from '../../src/core/context/unread-surroundings';
import type { RemediationRecord } from '../../src/core/ledger/remediation-record';
import { planClosing } from '../../src/core/planning/plan-closing';
import { DEFAULT_PLAN_POLICY } from '../../src/core/planning/plan-policy';
import { renderStory } from '../../src/cli/show/render-story';
import { renderResult, throwUnlessDone } from '../../src/cli/operator/report-result';
import { CouldNotTellError } from '../../src/cli/cli-error';

const CLOSING: RemediationRecord = {
  remediationId: 'rem-0123456789abcdef',
  action: 'close',
  target: { kind: 'network-acl', partition: 'aws', account: '222222222222', region: 'eu-central-1', id: 'acl-1' },
  trigger: 'custom-action',
  decidedBy: 'custom action "Close ingress"',
  findings: [
    {
      id: 'finding-1',
      productArn: 'product',
      control: 'EC2.21',
      previousNote: { text: 'Ticket 4711', updatedBy: 'Ana', updatedAt: '2026-02-01T00:00:00Z' },
    },
  ],
  startedAt: '2026-03-01T12:00:00.000Z',
  finishedAt: '2026-03-01T12:00:09.000Z',
  outcome: 'closed',
  reason: 'Closed, and read back.',
  before: {
    kind: 'network-acl',
    id: 'acl-1',
    isDefault: false,
    tags: [],
    entries: [{ RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false, CidrBlock: '0.0.0.0/0' }],
  },
  runs: [
    {
      runId: 'rem-0123456789abcdef/0.0',
      executionId: 'execution-1',
      step: {
        call: 'DeleteNetworkAclEntry',
        rules: [{ RuleNumber: 100, Protocol: '6', RuleAction: 'allow', Egress: false, CidrBlock: '0.0.0.0/0' }],
      },
      startedAt: '2026-03-01T12:00:01.000Z',
      end: 'effect-seen',
    },
  ],
  after: [],
};

const UNDO: RemediationRecord = {
  ...CLOSING,
  remediationId: 'rem-fedcba9876543210',
  action: 'undo',
  undoes: CLOSING.remediationId,
  startedAt: '2026-03-02T12:00:00.000Z',
  outcome: 'partly-undone',
  reason: 'Left alone: something.',
};

test('the story of a remediation is shown in the order in which it happened', () => {
  expect(renderStory(CLOSING, [UNDO], createColors(false))).toBe(
    [
      'rem-0123456789abcdef  close of arn:aws:ec2:eu-central-1:222222222222:network-acl/acl-1',
      'closed: Closed, and read back.',
      'decided by custom action "Close ingress"',
      'EC2.21  finding-1',
      '',
      '2026-03-01T12:00:00.000Z  started',
      '2026-03-01T12:00:01.000Z  delete entry 100 tcp 0-65535 from 0.0.0.0/0: done, and seen in the rules (DeleteNetworkAclEntry, runbook execution execution-1)',
      '2026-03-01T12:00:09.000Z  read back: closed',
      '2026-03-02T12:00:00.000Z  undo rem-fedcba9876543210: partly-undone. Left alone: something. Decided by: custom action "Close ingress".',
      '',
      'before',
      '  entry 100 tcp 0-65535 from 0.0.0.0/0',
      '',
      'after',
      '  (nothing)',
      '',
      'note that was replaced (Ana, 2026-02-01T00:00:00Z): Ticket 4711',
    ].join('\n'),
  );
});

test('what was only looked at was not read back', () => {
  const preview: RemediationRecord = { ...CLOSING, action: 'preview', outcome: 'previewed', runs: [] };
  expect(renderStory(preview, [], createColors(false))).toContain('2026-03-01T12:00:09.000Z  looked at: previewed');
});

test('the end of a command says how to follow it', () => {
  expect(renderResult(UNDO)).toContain('partly-undone. Left alone: something.\nFollow it: portcullis show rem-fedc');
});

describe('a command that waited', () => {
  test.each(['closed', 'already-closed', 'not-needed', 'undone', 'nothing-to-undo'] as const)(
    'is content with %s',
    (outcome) => {
      expect(() => {
        throwUnlessDone([{ ...CLOSING, outcome }]);
      }).not.toThrow();
    },
  );

  test.each(['partly-undone', 'failed', 'asked', 'still-open'] as const)('fails on %s', (outcome) => {
    expect(() => {
      throwUnlessDone([CLOSING, { ...CLOSING, outcome }]);
    }).toThrow(`acl-1: ${outcome}`);
  });

  test('cannot tell what nobody could read back', () => {
    expect(() => {
      throwUnlessDone([{ ...CLOSING, outcome: 'could-not-tell' }]);
    }).toThrow(CouldNotTellError);
  });
});

test('the story says what the owner of the source must change, where one is known', () => {
  const { before } = CLOSING;
  if (before?.kind !== 'network-acl') throw new Error('The closing is of a network ACL.');
  const plan = planClosing({
    resource: before,
    controls: [{ id: 'EC2.21', parameters: [] }],
    policy: DEFAULT_PLAN_POLICY,
    account: CLOSING.target.account,
  });
  const around = toContext(CLOSING.target, before, plan, unreadSurroundings('not read'));
  const context = { ...around, managedBy: known({ by: 'terraform' as const }, 'tag managed-by=terraform') };
  const story = renderStory({ ...CLOSING, context, plan }, [], createColors(false));
  expect(story).toContain('what its owner must change\n  Its source is a configuration of Terraform');
  expect(story).toContain('    rule_number = 100');
  expect(renderStory({ ...CLOSING, context: around, plan }, [], createColors(false))).not.toContain('its owner');
});
