import { because } from '../../../src/core/reasons/because';
import { PREVIEW_DOCS, type PreviewReason } from '../../../src/core/reasons/preview-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const SSH = 'tcp 22 from 0.0.0.0/0 (sgr-1)';
const RDP = 'tcp 3389 from ::/0 (sgr-2)';

const TABLE: ReasonTable<PreviewReason> = [
  [{ code: 'would-change-nothing' }, 'Nothing violates any more: closing would change nothing.'],
  [
    { code: 'would-change', done: 'revoked', rules: { shown: [SSH, RDP], count: 2 } },
    `Would be revoked: ${SSH}, ${RDP}.`,
  ],
  [{ code: 'would-change', done: 'added', rules: { shown: [SSH], count: 3 } }, `Would be added: ${SSH} and 2 more.`],
  [
    { code: 'decision-needed-first', asked: ['Its quota is short.', 'Its name is unknown.'] },
    'A person must decide first: Its quota is short. Its name is unknown.',
  ],
  [
    {
      code: 'attached-now',
      kinds: ['2 network interfaces', '1 subnet'],
      items: { shown: ['eni-1', 'eni-2'], count: 3 },
    },
    'Attached: 2 network interfaces and 1 subnet: eni-1, eni-2, ….',
  ],
  [
    { code: 'attached-now', kinds: ['1 subnet'], items: { shown: ['subnet-1'], count: 1 } },
    'Attached: 1 subnet: subnet-1.',
  ],
  [{ code: 'nothing-attached' }, 'Nothing is attached.'],
  [{ code: 'attachments-unreadable', cause: 'Denied.' }, 'What is attached could not be read: Denied.'],
  [{ code: 'context-seen', what: 'Not reachable from the internet.' }, 'Not reachable from the internet.'],
  [{ code: 'open-afterwards', rules: [] }, 'Open to the internet afterwards: nothing.'],
  [
    { code: 'open-afterwards', rules: ['tcp 80 from 0.0.0.0/0', 'tcp 443 from ::/0'] },
    'Open to the internet afterwards: tcp 80 from 0.0.0.0/0; tcp 443 from ::/0.',
  ],
  [{ code: 'nothing-open' }, 'Nothing on it is open to the internet that a control forbids.'],
];

testReasonTexts(TABLE, (reason) => because(reason).reason, PREVIEW_DOCS);
