import type { Finding } from '../findings/finding';
import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';
import { asSentence } from './sentences';

/**
 * What a finding is updated with that somebody chose, and that needs no work. Its status is not ours to change: who
 * suppressed it, or Security Hub that archived it or found it passed, has the last word.
 *
 * @param asked the name of the action, such as `Close ingress`
 * @param why as a part of a sentence: `the finding is suppressed`
 */
export function toNothingDoneUpdate(
  asked: string,
  why: string,
  finding: Pick<Finding, 'compliance' | 'recordState' | 'workflow'>,
): FindingUpdate {
  const note = composeNote(
    `${asked}: Portcullis did nothing, because ${asSentence(why)} ${nextStep(asked, finding)}`,
    '',
  );
  return { workflow: undefined, note, userDefinedFields: undefined };
}

function nextStep(asked: string, { compliance, recordState, workflow }: Parameters<typeof toNothingDoneUpdate>[2]) {
  if (recordState === 'ARCHIVED') {
    return `Nothing is to be done where the resource is gone; else choose ${asked} on its active finding.`;
  }
  if (workflow === 'SUPPRESSED') {
    return `It stays suppressed. If that is not wanted any more, set its workflow status to NEW and choose ${asked} again.`;
  }
  if (compliance === 'PASSED') {
    return `Nothing is to be done; if it is open again, choose ${asked} after Security Hub has checked it again.`;
  }
  return `If it is wanted still, choose ${asked} again.`;
}
