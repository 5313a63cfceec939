import { ASKED_COMMENTS, EXCEPTED_COMMENTS } from '../../src/core/findings/ocsf/comment-signature';
import type { FindingPatterns } from './finding-rules';

// A finding of V2 has no fields of ours; the comment ends in the outcome.

/**
 * Findings that an exception suppressed and that somebody has taken out of SUPPRESSED: whatever their control, that
 * ends the exception. Whatever ends one otherwise writes another outcome with the new status.
 */
export const LIFTED_EXCEPTIONS: FindingPatterns = {
  name: 'ExceptionLifted',
  description: 'Findings under an exception that somebody has taken out of SUPPRESSED',
  cspm: {
    RecordState: ['ACTIVE'],
    Workflow: { Status: ['NEW', 'NOTIFIED', 'RESOLVED'] },
    UserDefinedFields: { PortcullisOutcome: ['excepted'] },
  },
  v2: {
    class_uid: [2003],
    compliance: { control: [{ exists: true }] },
    status_id: [1, 2, 4],
    activity_id: [{ 'anything-but': [3] }],
    comment: [{ wildcard: EXCEPTED_COMMENTS }],
  },
};

/**
 * Findings that a question is about and that need no answer any more: the control passes since somebody closed it by
 * hand, or somebody resolved, suppressed or archived them. Whatever ends a question otherwise writes another outcome.
 */
export const RESOLVED_QUESTIONS: FindingPatterns = {
  name: 'QuestionSettled',
  description: 'Findings that a person is asked about and that are resolved',
  cspm: {
    UserDefinedFields: { PortcullisOutcome: ['asked'] },
    $or: [
      { Compliance: { Status: ['PASSED'] } },
      { RecordState: ['ARCHIVED'] },
      { Workflow: { Status: ['RESOLVED', 'SUPPRESSED'] } },
    ],
  },
  v2: {
    class_uid: [2003],
    comment: [{ wildcard: ASKED_COMMENTS }],
    $or: [{ compliance: { status_id: [1] } }, { activity_id: [3] }, { status_id: [3, 4, 5] }],
  },
};
