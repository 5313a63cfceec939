import { DECISION_DOCS, renderDecisionReason, type DecisionReason } from '../../../src/core/reasons/decision-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const ENTRY = 'policy entry "production asks"';

const TABLE: ReasonTable<DecisionReason> = [
  [
    { code: 'entry-decides', entry: ENTRY, mode: 'auto' },
    'Policy entry "production asks" has it closed automatically.',
  ],
  [{ code: 'entry-decides', entry: ENTRY, mode: 'ask' }, 'Policy entry "production asks" leaves it to a person.'],
  [
    { code: 'entry-decides', entry: ENTRY, mode: 'notify' },
    'Policy entry "production asks" has people notified and leaves it as it is.',
  ],
  [{ code: 'entry-decides', entry: ENTRY, mode: 'ignore' }, 'Policy entry "production asks" has it ignored.'],
  [
    { code: 'entry-needs-unknown', entry: ENTRY, missing: ['the tags of the target', 'what is attached: Denied'] },
    'Policy entry "production asks" asks for what is not known (the tags of the target; what is attached: Denied), so ' +
      'that a person decides.',
  ],
  [{ code: 'no-entry-matches' }, 'No policy entry matches, so that it is left as it is.'],
  [{ code: 'control-automatic', control: 'EC2.13' }, 'EC2.13 is automatic.'],
  [{ code: 'control-not-automatic', control: 'EC2.13' }, 'EC2.13 is not automatic: it waits for Close ingress.'],
  [
    { code: 'protection-tag', tag: 'portcullis:protect' },
    'The target has the tag portcullis:protect, which keeps it from being closed.',
  ],
  [
    { code: 'protection-tag-unknown', tag: 'portcullis:protect' },
    'Whether the target has the tag portcullis:protect is not known.',
  ],
  [
    { code: 'managed-by-firewall-manager' },
    'Firewall Manager manages the target and would open it again: change its policy.',
  ],
  [{ code: 'manager-unknown' }, 'What manages the target is not known.'],
  [{ code: 'last-way-in', evidence: [] }, 'It would close the last way in that is known.'],
  [
    { code: 'last-way-in', evidence: ['i-1 has no agent', 'i-2 has no agent'] },
    'It would close the last way in that is known: i-1 has no agent; i-2 has no agent.',
  ],
  [{ code: 'other-way-in-unknown' }, 'Whether there is another way in is not known.'],
  [{ code: 'other-way-in-unknown', cause: 'Denied' }, 'Whether there is another way in is not known: Denied.'],
  [{ code: 'closed-when-chosen-again' }, 'Close ingress, chosen again now that it has asked, closes it.'],
  [{ code: 'automatic-held', hold: 'It is held.' }, 'It is held. Close ingress closes this one.'],
  [{ code: 'policy-changed', change: 'It has changed.' }, 'It has changed. Close ingress closes this one.'],
  [{ code: 'answered-close', questionId: 'qst-1', by: 'alice' }, 'Of qst-1 alice chose to have it closed.'],
  [
    { code: 'answered-close', questionId: 'qst-1', by: 'alice', comment: 'Now.' },
    'Of qst-1 alice chose to have it closed: "Now.".',
  ],
  [{ code: 'closed-by-silence', questionId: 'qst-1' }, 'Of qst-1 nobody answered, and the policy closes then.'],
];

testReasonTexts(TABLE, renderDecisionReason, DECISION_DOCS);
