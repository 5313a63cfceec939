import { renderRunReason, RUN_DOCS, type RunReason } from '../../../src/core/reasons/run-reasons';
import { testReasonTexts, type ReasonTable } from './reason-table';

const CALL = { code: 'stopped-at-call', call: 'RevokeSecurityGroupIngress', of: 5 } as const;

const TABLE: ReasonTable<RunReason> = [
  [{ code: 'service-failed', cause: 'GetFindings is denied.' }, 'GetFindings is denied.'],
  [{ code: 'runbook-failed', cause: 'Access denied.' }, 'Runbook: Access denied.'],
  [{ code: 'rule-changed-meanwhile' }, 'Somebody changed a rule that was to be revoked.'],
  [{ code: 'entry-changed-meanwhile', ruleNumber: 100 }, 'Somebody changed entry 100 since the plan was made.'],
  [{ code: 'gone-meanwhile' }, 'The resource is gone.'],
  [{ code: 'success-not-shown' }, 'The runbook succeeded, but the rules do not show it.'],
  [
    { code: 'no-effect-shown', executionId: 'execution-1', seconds: 120 },
    'Runbook execution execution-1 shows no effect after 120 seconds.',
  ],
  [{ code: 'no-effect-shown', seconds: 120 }, 'Runbook execution (id unknown) shows no effect after 120 seconds.'],
  [
    { ...CALL, number: 2, notRun: 3 },
    'That was RevokeSecurityGroupIngress, call 2 of 5; the 3 calls behind it did not run.',
  ],
  [
    { ...CALL, number: 4, notRun: 1 },
    'That was RevokeSecurityGroupIngress, call 4 of 5; the call behind it did not run.',
  ],
  [{ ...CALL, number: 5, notRun: 0 }, 'That was RevokeSecurityGroupIngress, call 5 of 5.'],
  [{ code: 'refused-by-quota' }, 'EC2 refused more than its quota allows.'],
  [{ code: 'kept-changing', plans: 3 }, 'The rules kept changing, 3 plans were made.'],
  [{ code: 'tried-again', times: 3 }, 'Tried 3 times.'],
];

testReasonTexts(TABLE, renderRunReason, RUN_DOCS);
