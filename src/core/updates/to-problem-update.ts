import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';

interface Problem {
  /** The name of the action that was chosen, such as `Close ingress`. */
  readonly asked: string;
  /** Why it cannot be done, in a sentence. */
  readonly problem: string;
  /** What the finding names already: an undo goes by it. */
  readonly remediationId?: string;
}

/** What a finding is updated with that a person selected, and that nothing can be done about at all. */
export function toProblemUpdate({ asked, problem, remediationId }: Problem): FindingUpdate {
  return {
    workflow: 'NOTIFIED',
    note: composeNote(`${asked}: Portcullis did nothing. ${problem}`, 'What is to be done here is to be done by hand.'),
    userDefinedFields: {
      PortcullisOutcome: 'failed',
      ...(remediationId === undefined ? {} : { PortcullisRemediationId: remediationId }),
    },
  };
}
