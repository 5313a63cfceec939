import { renderUndoReason, UNDO_DOCS, type UndoReason } from '../../../src/core/reasons/undo-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const RULE = 'tcp 80 from 0.0.0.0/0 (sgr-80)';
const ENTRIES = ['entry 99 tcp 20-21 from 0.0.0.0/0', 'entry 100 tcp 23-25 from 0.0.0.0/0'];
const LEFT = `${ENTRIES.join(', ')}: left as found, for`;

const TABLE: ReasonTable<UndoReason> = [
  [
    { code: 'would-reopen-closed', rule: 'tcp 0-65535 from 0.0.0.0/0', closed: 'tcp 443 from 0.0.0.0/0' },
    'tcp 0-65535 from 0.0.0.0/0 stays closed: it would re-open tcp 443 from 0.0.0.0/0, which was closed or changed since.',
  ],
  [
    { code: 'changed-by-others', rule: RULE, of: 'rule' },
    `${RULE} stays: it was changed or made again by somebody else since.`,
  ],
  [
    { code: 'changed-by-others', rule: 'entry 99', of: 'entry' },
    'entry 99 stays: it was changed by somebody else since.',
  ],
  [
    { code: 'grant-is-over', rule: RULE, grant: 'grt-0123456789abcdef' },
    `${RULE} stays closed: grt-0123456789abcdef, which had opened it for a while, is over.`,
  ],
  [{ code: 'stays-with-what-it-was-cut-from', rule: RULE }, `${RULE} stays, as what it is a remainder of does.`],
  [
    { code: 'replaced-rule-uncertain', rule: RULE },
    `${RULE} stays: whether what it stands in for was taken away by us cannot be told.`,
  ],
  [
    { code: 'entries-left', entries: ENTRIES, cause: { kind: 'changed', ruleNumber: 99 } },
    `${LEFT} entry 99 was changed since.`,
  ],
  [
    { code: 'entries-left', entries: ENTRIES, cause: { kind: 'made-since', entry: 'entry 50 deny' } },
    `${LEFT} entry 50 deny was made since.`,
  ],
  [
    { code: 'entries-left', entries: ENTRIES, cause: { kind: 'changed-since', entry: 'entry 50 deny' } },
    `${LEFT} entry 50 deny was changed or taken away since.`,
  ],
  [
    { code: 'entries-left', entries: ENTRIES, cause: { kind: 'source-changed', ruleNumber: 99 } },
    `${LEFT} what entry 99 is a remainder of was changed since.`,
  ],
  [
    { code: 'undo-of-another-target', closing: 'rem-1', of: 'one', target: 'another' },
    'rem-1 closed one, not another.',
  ],
  [
    { code: 'not-a-closing', remediation: 'rem-2', undoes: 'rem-1' },
    'rem-2 is the undo of rem-1, and only closings can be undone.',
  ],
  [{ code: 'not-a-closing', remediation: 'rem-2' }, 'rem-2 is a preview, and only closings can be undone.'],
  [{ code: 'undone-already', undoneBy: 'rem-2' }, 'It was undone already, by rem-2.'],
  [
    { code: 'stopped-before-changes' },
    'It was stopped before it changed anything. It is not closed automatically again; Close ingress does it.',
  ],
  [{ code: 'changed-nothing', outcome: 'already-closed' }, 'It changed nothing: it ended as already-closed.'],
  [
    { code: 'changed-nothing', outcome: 'asked', other: 'rem-1' },
    'It changed nothing: it ended as asked. The last closing that did is rem-1.',
  ],
  [
    { code: 'before-state-missing' },
    'The rules as they were before it are not in the ledger, so they cannot be put back.',
  ],
  [
    { code: 'undo-began-late', askedAt: '2026-03-10T11:44:59.000Z', minutes: 15 },
    'It was asked for at 2026-03-10T11:44Z and did not begin within 15 minutes, so that it was not carried out: what was ' +
      'wanted then may not be wanted now. Choose Undo closing again.',
  ],
  [
    { code: 'undo-began-late', minutes: 15 },
    'It was asked for and did not begin within 15 minutes, so that it was not carried out: what was wanted then may not ' +
      'be wanted now. Choose Undo closing again.',
  ],
  [
    { code: 'undo-needs-confirmation', closing: 'rem-1', days: 31, maxAgeDays: 30 },
    'It is 31 days old, and what was open then may not be wanted today (policy.undo.maxAgeDays is 30). To undo it all the ' +
      'same: portcullis undo rem-1 --confirm',
  ],
  [
    { code: 'no-closing-known' },
    'The ledger holds no closing of the finding that could be undone, and none was under way on its target.',
  ],
  [
    { code: 'no-closing-known', claimed: 'rem-1' },
    'The ledger holds no closing of the finding that could be undone, and none was under way on its target. It names ' +
      'rem-1, which did not have it.',
  ],
  [
    { code: 'left-open-not-stored', cause: 'Denied.' },
    'What is left open could not be stored, so nothing was touched: Denied.',
  ],
  [
    { code: 'undo-not-stored', cause: 'Denied.' },
    'What is there now could not be stored, so nothing more was touched: Denied.',
  ],
  [
    { code: 'given-back-not-stored', cause: 'Denied.' },
    'What is given back could not be stored, so nothing more was touched: Denied.',
  ],
  [
    { code: 'finding-not-updated', finding: 'finding-1', cause: 'Denied.' },
    'Nothing more was touched, since finding finding-1 would go on saying that it is closed: Denied.',
  ],
  [{ code: 'nothing-left-as-it-was' }, 'Nothing that it changed is left as it left it.'],
  [{ code: 'nothing-was-changed' }, 'It changed nothing, so that there is nothing to undo.'],
  [{ code: 'some-left-alone' }, 'Left alone:'],
  [{ code: 'undone' }, 'Undone, and read back.'],
  [
    { code: 'undo-not-read-back' },
    'Everything was put back and seen, and the last reads do not show it: they are old, or somebody took it away.',
  ],
];

testReasonTexts(TABLE, renderUndoReason, UNDO_DOCS);
