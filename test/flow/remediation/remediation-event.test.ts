import {
  REMEDIATION_OUTCOMES,
  type RemediationAction,
  type RemediationOutcome,
  type RemediationRecord,
} from '../../../src/core/ledger/remediation-record';
import { effectOf } from '../../../src/core/messages/matter';
import { toRemediationEvent } from '../../../src/flow/remediation/remediation-event';
import { TARGET } from '../in-memory-ports';

const RUN = { runId: 'rem-0/0.0', step: {}, startedAt: '' } as never;

function recordOf(action: RemediationAction, outcome: RemediationOutcome): RemediationRecord {
  return {
    ...{ remediationId: 'rem-0', target: TARGET, action, trigger: 'automatic', decidedBy: 'policy', outcome, runs: [] },
    findings: [{ id: 'finding', productArn: 'product', control: 'EC2.13' }],
    startedAt: '2026-03-01T12:00:00.000Z',
  };
}

/**
 * Detail type, and what it does to what people were notified of as open; nothing where people are notified of nothing.
 */
function inWords(record: RemediationRecord): string {
  const event = toRemediationEvent(record);
  return event === undefined ? 'nothing' : `${event.detailType} ${event.detail.matter ?? effectOf(event.detailType)}`;
}

/** Every outcome there is, so that none is left without a word about what it opens or ends. */
const OF_CLOSINGS: Readonly<Record<RemediationOutcome, string>> = {
  running: 'nothing',
  closed: 'Ingress Closed ends',
  'already-closed': 'Found Closed ends',
  excepted: 'Opening Excepted ends',
  'exception-ended': 'Exception Ended opens',
  'not-needed': 'Target Gone ends',
  asked: 'Decision Needed opens',
  notified: 'Opening Noted opens',
  'still-open': 'Remediation Failed opens',
  failed: 'Remediation Failed opens',
  'could-not-tell': 'Remediation Failed opens',
  'not-verified': 'Verification Failed opens',
  stopped: 'nothing',
  undone: 'Closing Undone opens',
  'partly-undone': 'Closing Undone opens',
  'nothing-to-undo': 'nothing',
  isolated: 'Target Isolated stays',
  'already-isolated': 'nothing',
  'partly-isolated': 'Target Isolated stays',
  previewed: 'nothing',
  granted: 'Access Granted stays',
  'already-open': 'nothing',
  'access-ended': 'Access Ended ends',
};

test.each(REMEDIATION_OUTCOMES)(
  'a remediation that ended as %s opens a matter, ends it, or is not published',
  (outcome) => {
    expect(inWords(recordOf('close', outcome))).toBe(OF_CLOSINGS[outcome]);
  },
);

test.each<[string, RemediationRecord, string]>([
  ['a closing beside exceptions', { ...recordOf('close', 'excepted'), runs: [RUN] }, 'Ingress Closed ends'],
  ['a risk that is accepted whole', recordOf('accept', 'excepted'), 'Risk Accepted ends'],
  [
    'a risk beside which more is open',
    { ...recordOf('accept', 'excepted'), plan: { violations: [{}] } as never },
    'Risk Accepted stays',
  ],
  ['what somebody, or doctor, wanted to know and nobody could tell', recordOf('context', 'could-not-tell'), 'nothing'],
  ['what somebody, or doctor, wanted to know of what is not there', recordOf('context', 'not-needed'), 'nothing'],
  ['a preview that could not be made', recordOf('preview', 'could-not-tell'), 'nothing'],
  ['a preview of what is gone', recordOf('preview', 'not-needed'), 'Target Gone ends'],
  ['a risk that could not be accepted', recordOf('accept', 'failed'), 'nothing'],
  ['a risk of what is gone', recordOf('accept', 'not-needed'), 'Target Gone ends'],
  ['an undo of what is gone', recordOf('undo', 'not-needed'), 'Target Gone ends'],
  ['access that was not opened', recordOf('grant', 'failed'), 'nothing'],
  ['access that is there already', recordOf('grant', 'already-open'), 'nothing'],
  [
    'access that somebody in Slack did not get',
    { ...recordOf('grant', 'failed'), decidedBy: 'Grant in Slack by slack:U0456EFGH' },
    'Request Refused stays',
  ],
  [
    'an undo of somebody in Slack that has nothing to undo',
    { ...recordOf('undo', 'nothing-to-undo'), decidedBy: 'Undo in Slack by slack:U0456EFGH' },
    'Request Refused stays',
  ],
  ['access of which nobody knows', recordOf('grant', 'could-not-tell'), 'Remediation Failed opens'],
  ['access that could not be taken away', recordOf('end-grant', 'failed'), 'Remediation Failed opens'],
  ['access to what is gone', recordOf('end-grant', 'not-needed'), 'Access Ended ends'],
  ['an exception that could not be ended', recordOf('end-exception', 'could-not-tell'), 'Remediation Failed opens'],
])('%s is published as it is', (_what, record, words) => {
  expect(inWords(record)).toBe(words);
});

test('what is said of an exception whose findings are gone names its control all the same', () => {
  const exceptions = [{ exceptionId: 'exc-0', control: 'EC2.19', covers: [], reason: '', by: '', until: '' } as never];
  const event = toRemediationEvent({ ...recordOf('end-exception', 'exception-ended'), findings: [], exceptions });
  expect(event?.detail.controls).toEqual(['EC2.19']);
});
