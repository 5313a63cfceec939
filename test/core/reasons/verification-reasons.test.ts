import {
  renderVerificationReason,
  VERIFICATION_DOCS,
  type VerificationReason,
} from '../../../src/core/reasons/verification-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const TABLE: ReasonTable<VerificationReason> = [
  [
    { code: 'verification-unclear', unclear: ['there is no state after', 'a list is missing'] },
    'The independent verification cannot tell: there is no state after; a list is missing.',
  ],
  [
    { code: 'not-verified', added: ['tcp 22 from 0.0.0.0/0'], gone: ['tcp 443 from ::/0'], broken: ['it is not so'] },
    'There, and in no plan: tcp 22 from 0.0.0.0/0. Gone, and in no plan: tcp 443 from ::/0.',
  ],
  [
    { code: 'not-verified', added: [], gone: [], broken: ['a hash is another', 'it says closed.'] },
    'a hash is another. it says closed.',
  ],
  [{ code: 'account-not-held', cause: 'Denied.' }, 'The account could not be held: Denied.'],
  [{ code: 'ended-unexpectedly', cause: 'No time.' }, 'Something unexpected ended the remediation: No time.'],
];

testReasonTexts(TABLE, renderVerificationReason, VERIFICATION_DOCS);
