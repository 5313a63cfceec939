import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';

/** What a finding is updated with that automatic closing leaves to a person. */
export function toDecisionNeededUpdate(why: string): FindingUpdate {
  return {
    workflow: 'NOTIFIED',
    note: composeNote(`Portcullis did nothing. ${why}`, ''),
    userDefinedFields: { PortcullisOutcome: 'asked' },
  };
}
