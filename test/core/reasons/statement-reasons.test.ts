import { STATEMENT_DOCS } from '../../../src/core/reasons/statement-docs';
import { renderStatementReason, type StatementReason } from '../../../src/core/reasons/statement-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const TABLE: ReasonTable<StatementReason> = [
  [{ code: 'part-missing', part: 'plan' }, 'part "plan" is missing'],
  [{ code: 'part-hash-missing', part: 'plan' }, 'the hash of "plan" is missing'],
  [{ code: 'part-changed', part: 'plan' }, 'part "plan" is not what was certified: its hash is another'],
  [{ code: 'part-unknown', part: 'remark' }, '"remark" is no part of a certificate'],
  [
    { code: 'certificate-hash-differs' },
    "the certificate's own hash is another: the id, the place in the chain or a hash was changed",
  ],
  [
    { code: 'file-written-anew', near: '{near}' },
    'the file was written anew: a member twice, or an unusual spelling, near {near}',
  ],
  [{ code: 'form-unknown', cause: '{cause}' }, 'not of the form of version 1: {cause}'],
  [{ code: 'state-makes-no-sense', part: 'after', cause: '{cause}' }, 'after: {cause}'],
  [{ code: 'nothing-ran' }, 'nothing ran'],
  [{ code: 'state-missing', part: 'after' }, 'there is no state after to compare with'],
  [{ code: 'ended-otherwise', outcome: 'asked' }, 'it ended as asked'],
  [{ code: 'state-not-judged' }, 'there is no state after that can be judged'],
  [{ code: 'open-after', opening: '{opening}' }, 'open after: {opening}'],
  [{ code: 'open-beyond-exceptions', opening: '{opening}' }, 'open beyond its exceptions: {opening}'],
  [{ code: 'left-open-by-exceptions' }, 'all that is open is left open by the exceptions that it names'],
  [{ code: 'openness-unclear', cause: '{cause}' }, '{cause}'],
  [{ code: 'opened-between-plans', traffic: '{traffic}' }, 'somebody else opened between two plans: {traffic}'],
  [
    { code: 'opened-beside-runs', traffic: '{traffic}' },
    'somebody else opened meanwhile, as SSM shows that the runbooks made the planned calls and no other: {traffic}',
  ],
  [{ code: 'became-reachable', traffic: '{traffic}' }, 'became reachable: {traffic}'],
  [
    { code: 'reachable-beyond-closing', traffic: '{traffic}' },
    'became reachable, and was not before the closing: {traffic}',
  ],
  [
    { code: 'closing-needed-for-reach', closing: '{closing}' },
    'give the certificate of {closing} too: it says what may be open again',
  ],
  [
    { code: 'compliant-traffic-cut', traffic: '{traffic}' },
    'removed, though it belonged to nothing that violates: {traffic}',
  ],
  [{ code: 'compliant-rule-gone', rule: '{rule}' }, 'is gone, though it violated nothing: {rule}'],
  [
    { code: 'changed-between-plans', cuts: [{ code: 'compliant-rule-gone', rule: '{rule}' }] },
    'somebody else changed it between two plans: is gone, though it violated nothing: {rule}',
  ],
  [
    { code: 'changed-beside-runs', cuts: [{ code: 'compliant-rule-gone', rule: '{rule}' }] },
    'somebody else changed it meanwhile, as SSM shows that the runbooks made the planned calls and no other: is gone, though it violated nothing: {rule}',
  ],
  [
    { code: 'closing-needed-for-cut', closing: '{closing}', cut: { code: 'compliant-rule-gone', rule: '{rule}' } },
    'give the certificate of {closing} too, which says what it added: is gone, though it violated nothing: {rule}',
  ],
  [
    { code: 'planned-what-was-absent', part: 'before', rule: '{rule}' },
    'the plan takes away what was not there in "before": {rule}',
  ],
  [{ code: 'call-not-known', call: '{call}' }, 'what {call} does to the target is not known here'],
  [{ code: 'ran-without-plan' }, 'runbooks ran, and there is no plan'],
  [{ code: 'ran-otherwise' }, 'what ran is not what the plan says'],
  [{ code: 'outcome-unknown', outcome: '{outcome}', action: 'close' }, '"{outcome}" is not how a closing ends'],
  [{ code: 'unverified-when-made', cause: '{cause}' }, 'it was not verified when it was made: {cause}'],
  [{ code: 'outcome-without-runs', outcome: 'closed' }, 'it says closed, and nothing ran'],
  [{ code: 'outcome-with-runs', outcome: 'already-closed' }, 'it says already-closed, and runbooks ran'],
  [{ code: 'outcome-not-read-back', outcome: 'closed' }, 'it says closed, and nothing was read back'],
  [{ code: 'outcome-read-back', outcome: 'not-needed' }, 'it says not-needed, and the target was read back'],
  [{ code: 'before-not-kept' }, 'runbooks ran, and the state before was not kept'],
  [{ code: 'later-plan-without-runs' }, 'a later plan is said to have found another state, and nothing ran before it'],
  [{ code: 'closing-named-amiss' }, 'only an undo, and every undo, names a closing'],
  [{ code: 'ended-before-begun' }, 'it ended before it began'],
  [
    { code: 'state-of-another', part: 'after', kind: 'security-group', id: '{id}', target: '{target}' },
    'the state after is of security-group {id}, not of the target {target}',
  ],
  [{ code: 'nothing-was-open' }, 'it says closed, and nothing that the requested controls forbid was open before'],
  [
    { code: 'nothing-stayed-open', outcome: 'still-open' },
    'it says still-open, and nothing that the requested controls forbid is open after',
  ],
  [
    { code: 'closing-needed-for-undo', closing: '{closing}' },
    'give the certificate of {closing} too: it says what was taken away',
  ],
  [{ code: 'grant-not-told' }, 'it does not say what was granted'],
  [{ code: 'grant-without-addresses' }, 'what it grants names no addresses'],
  [{ code: 'internet-granted', rule: '{rule}' }, 'it grants the internet: {rule}'],
  [
    { code: 'more-than-one-port-granted', rule: '{rule}' },
    'it grants more than one port of tcp to one network: {rule}',
  ],
  [
    { code: 'another-granted', rule: '{rule}', granted: '{granted}' },
    'it ends {rule}, and what was granted is {granted}',
  ],
  [{ code: 'granted-too-late' }, 'it was granted when its time was over'],
  [
    { code: 'granted-not-there', outcome: 'granted', rule: '{rule}' },
    'it says granted, and this is not there after: {rule}',
  ],
  [
    { code: 'ended-still-there', outcome: 'access-ended', rule: '{rule}' },
    'it says access-ended, and this is there after: {rule}',
  ],
  [
    { code: 'not-there-again', rules: ['{rule}'] },
    'it says undone, and this was taken away and is not there again: {rule}',
  ],
  [
    { code: 'not-cut-off', interface: 'eni-1', groups: ['sg-1', 'sg-2'] },
    'eni-1 has sg-1, sg-2 after, not one isolating group alone',
  ],
  [{ code: 'isolating-group-not-empty', group: 'sg-9' }, 'sg-9 is to isolate, and has rules after'],
  [{ code: 'nothing-to-cut-off' }, 'it says isolated, and there is no interface after'],
  [
    { code: 'given-other-groups', interface: 'eni-1', groups: ['sg-1'] },
    'eni-1 was given sg-1, which is not one isolating group alone',
  ],
  [
    { code: 'given-beyond-recorded', interface: 'eni-1', groups: ['sg-1'] },
    'eni-1 was given sg-1, and the isolation did not record all of that',
  ],
  [
    { code: 'touched-another', call: 'RevokeSecurityGroupIngress', id: 'sg-1' },
    'RevokeSecurityGroupIngress was made on sg-1, which is none of the target',
  ],
  [{ code: 'first-names-one-before' }, 'the first one names one before it'],
  [{ code: 'names-none-before', sequence: 3 }, 'number 3 names none before it'],
  [{ code: 'chain-begins-later', sequence: 3 }, 'begins with number 3: what was before is not among the files'],
  [{ code: 'number-twice', sequence: 3 }, 'there are two certificates with number 3'],
  [{ code: 'numbers-missing', from: 2, to: 4 }, 'numbers 2 to 4 are missing before it'],
  [{ code: 'another-before', sequence: 2 }, 'number 2 is not the one that it names as the one before it'],
  [{ code: 'was-another-when-kept', sequence: 3 }, 'number 3 was another one when it was kept elsewhere'],
  [{ code: 'kept-and-missing', sequence: 4 }, 'number 4 was kept elsewhere, and is not among the files'],
  [{ code: 'kept-by-a-later-one', sequence: 4 }, 'by number 4, as far as the chain holds'],
  [{ code: 'none-kept' }, 'nothing of its target was kept'],
  [{ code: 'not-kept-yet', sequence: 3 }, 'number 3 is the latest that was kept'],
  [{ code: 'numbers-missing', from: 4, to: 4 }, 'number 4 is missing before it'],
  [{ code: 'outcome-unknown', outcome: 'closed', action: 'undo' }, '"closed" is not how an undo ends'],
  [{ code: 'outcome-unknown', outcome: 'closed', action: 'grant' }, '"closed" is not how a grant ends'],
  [{ code: 'outcome-unknown', outcome: 'closed', action: 'end-grant' }, '"closed" is not how the end of a grant ends'],
  [{ code: 'outcome-unknown', outcome: 'closed', action: 'isolate' }, '"closed" is not how an isolation ends'],
  [
    { code: 'not-there-again', rules: ['{one}', '{other}'] },
    'it says undone, and this was taken away and is not there again: {one}, {other}',
  ],
  [
    {
      code: 'changed-between-plans',
      cuts: [
        { code: 'compliant-traffic-cut', traffic: '{traffic}' },
        { code: 'compliant-rule-gone', rule: '{rule}' },
      ],
    },
    'somebody else changed it between two plans: removed, though it belonged to nothing that violates: {traffic}; ' +
      'is gone, though it violated nothing: {rule}',
  ],
];

testReasonTexts(TABLE, renderStatementReason, STATEMENT_DOCS);
