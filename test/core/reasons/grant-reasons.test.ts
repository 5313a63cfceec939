import { because } from '../../../src/core/reasons/because';
import { GRANT_DOCS, type GrantReason } from '../../../src/core/reasons/grant-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const RULE = 'tcp 22 from 198.51.100.7/32';
const UNTIL = '2026-12-01T12:00:00.000Z';
const BY_HAND = 'Where it is not wanted, take it away by hand.';

const TABLE: ReasonTable<GrantReason> = [
  [{ code: 'access-granted', rule: RULE, until: UNTIL }, `Opened ${RULE} until 2026-12-01T12:00Z, and read back.`],
  [{ code: 'grants-not-configured' }, 'portcullis.yaml has no grants, so that nobody opens anything for a while.'],
  [{ code: 'grant-not-allowed', problem: 'port: 8080 is not' }, 'Nothing was opened: port: 8080 is not.'],
  [
    { code: 'grant-too-late', until: UNTIL },
    'Nothing was opened: its time was over at 2026-12-01T12:00Z, before it began.',
  ],
  [{ code: 'grant-target-gone' }, 'Nothing was opened: there is no such security group.'],
  [
    { code: 'grant-protected', tag: 'portcullis:protect' },
    'Nothing was opened: the target has the tag portcullis:protect, which keeps it as it is.',
  ],
  [
    { code: 'grant-would-violate', rule: RULE, controls: ['EC2.2'] },
    `Nothing was opened: EC2.2 would forbid ${RULE} on this group, so that it would be closed again.`,
  ],
  [
    { code: 'access-open-already', rule: RULE },
    `${RULE} is there already: nothing was opened, and nothing will be taken away.`,
  ],
  [
    { code: 'granted-already', grant: 'grt-1', until: UNTIL },
    'Nothing was opened: grt-1 has opened the same until 2026-12-01T12:00Z. Ask again after that, or end it first.',
  ],
  [{ code: 'grant-not-stored', cause: 'No.' }, 'Nothing was opened, since its end could not be written down: No.'],
  [
    { code: 'access-not-shown', rule: RULE },
    `Whether ${RULE} was opened could not be seen; if it was, it ends in its time.`,
  ],
  [{ code: 'access-ended', rule: RULE, how: 'due' }, `Took ${RULE} away, and read it back: its time is over.`],
  [{ code: 'access-ended', rule: RULE, how: 'by-hand' }, `Took ${RULE} away, and read it back: it was ended by hand.`],
  [{ code: 'access-gone-already', rule: RULE }, `${RULE} is not there any more: somebody had taken it away already.`],
  [
    { code: 'granted-rule-changed', rule: RULE, now: 'tcp 22 from 10.0.0.0/8' },
    `Somebody has changed what was granted: ${RULE} is tcp 22 from 10.0.0.0/8 now. It was left as it is. ${BY_HAND}`,
  ],
  [
    { code: 'granted-rule-of-others', rule: RULE },
    `${RULE} lets in what was granted, and the grant did not make it. It was left as it is. ${BY_HAND}`,
  ],
  [{ code: 'access-end-not-shown', rule: RULE }, `${RULE} was taken away, and the last reads still show it.`],
];

testReasonTexts(TABLE, (reason) => because(reason).reason, GRANT_DOCS);
