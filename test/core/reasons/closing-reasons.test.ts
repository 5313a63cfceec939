import { CLOSING_DOCS, renderClosingReason, type ClosingReason } from '../../../src/core/reasons/closing-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const RESTORED = { code: 'restored-by-undo', undo: 'rem-2', rule: 'tcp 22', at: '2026-03-10T11:44:59.000Z' } as const;

const TABLE: ReasonTable<ClosingReason> = [
  [{ code: 'closed' }, 'Closed, and read back.'],
  [{ code: 'closed-already' }, 'Read back: it was closed already.'],
  [{ code: 'additions-stay' }, 'Rules of ours that stand in for nothing could not be taken back.'],
  [{ code: 'resource-gone' }, 'The resource does not exist any more.'],
  [
    { code: 'member-of-another-version', which: 'The member stack in 222222222222/us-east-1 is of version 0.1.0-a.' },
    'The member stack in 222222222222/us-east-1 is of version 0.1.0-a.',
  ],
  [
    { code: 'region-not-enabled', which: 'me-south-1 is not enabled in 222222222222.' },
    'me-south-1 is not enabled in 222222222222.',
  ],
  [{ code: 'no-control' }, 'No control to hold the target against.'],
  [
    { code: 'before-state-not-stored', isBegun: false, cause: 'Denied.' },
    'Nothing was touched, since what is there now could not be stored: Denied.',
  ],
  [
    { code: 'before-state-not-stored', isBegun: true, cause: 'Denied.' },
    'Nothing more was touched, since what is there now could not be stored: Denied.',
  ],
  [
    { code: 'rules-refused' },
    'EC2 refused the rules that keep open what may stay: the group holds as many as its quota allows. Set ' +
      "policy.ruleQuota to the account's quota, have that raised, remove rules, or use the strategy revoke.",
  ],
  [
    { code: 'not-as-shown' },
    'The rules have changed since it was asked, so that closing would do something else than was shown: see what it ' +
      'would do now.',
  ],
  [
    { code: 'stopped-by-undo', decidedBy: 'custom action "Undo closing"' },
    'custom action "Undo closing" came while it was under way; what was done until then is taken back next.',
  ],
  [
    { ...RESTORED, wasLeft: false },
    'Undo rem-2 gave tcp 22 back on 2026-03-10: only a person has it closed again, by Close ingress.',
  ],
  [
    { ...RESTORED, wasLeft: true },
    'Undo rem-2 left tcp 22 open on 2026-03-10: only a person has it closed again, by Close ingress.',
  ],
];

testReasonTexts(TABLE, renderClosingReason, CLOSING_DOCS);
