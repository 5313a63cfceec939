import { because } from '../../../src/core/reasons/because';
import { EXCEPTION_DOCS, type ExceptionReason } from '../../../src/core/reasons/exception-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const COVERED = 'tcp 22 from 0.0.0.0/0 may stay open until 2027-01-31 00:00 UTC, by exception exc-1 of alice: a test.';

const TABLE: ReasonTable<ExceptionReason> = [
  [{ code: 'open-by-exception', exceptions: ['exc-1'], what: COVERED }, COVERED],
  [{ code: 'nothing-open-beyond' }, 'Nothing is open beyond it.'],
  [{ code: 'closed-beyond' }, 'What was open beyond it is closed, and read back.'],
  [{ code: 'risk-not-accepted', cause: 'The finding is archived.' }, 'The finding is archived.'],
  [
    { code: 'exception-not-written', cause: 'Throttled.' },
    'What its exception covers stays open, but that could not be written down: Throttled.',
  ],
  [{ code: 'decided-meanwhile', how: 'bob had it closed.' }, 'Nothing was accepted: bob had it closed.'],
  [
    { code: 'exceptions-ended', exceptions: ['exc-1', 'exc-2'], how: 'due' },
    'Exception exc-1, exc-2 has ended: its time is over.',
  ],
  [
    { code: 'exceptions-ended', exceptions: ['exc-1'], how: 'by-hand' },
    'Exception exc-1 has ended: it was ended by hand.',
  ],
  [
    { code: 'exceptions-ended', exceptions: ['exc-1'], how: 'lifted' },
    'Exception exc-1 has ended: somebody took its finding out of SUPPRESSED.',
  ],
  [
    { code: 'exceptions-ended', exceptions: ['exc-1'], how: 'removed' },
    'Exception exc-1 has ended: portcullis.yaml does not have it any more.',
  ],
];

testReasonTexts(TABLE, (reason) => because(reason).reason, EXCEPTION_DOCS);
