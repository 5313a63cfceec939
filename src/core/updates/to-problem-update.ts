import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';

/**
 * What a finding is told that a person selected to be closed, and that cannot be remediated at all.
 *
 * @param remediationId what the finding names already: an undo goes by it
 */
export function toProblemUpdate(problem: string, remediationId?: string): FindingUpdate {
  return {
    workflow: 'NOTIFIED',
    note: composeNote(`Portcullis did nothing. ${problem}`, ''),
    userDefinedFields: {
      PortcullisOutcome: 'failed',
      ...(remediationId === undefined ? {} : { PortcullisRemediationId: remediationId }),
    },
  };
}
