import { composeNote } from './compose-note';
import type { FindingUpdate } from './finding-update';

/** What a finding is updated with whose click comes so late that nobody can know whether it is still wanted. */
export function toOverdueUpdate(asked: string, askedAt: string, hours: number): FindingUpdate {
  const when = `${askedAt.slice(0, 10)} ${askedAt.slice(11, 16)}Z`;
  const span = hours === 1 ? 'an hour' : `${String(hours)} hours`;
  const why = `It was chosen on ${when}, and its message came more than ${span} later.`;
  const note = composeNote(`${asked}: Portcullis did nothing. ${why}`, 'Choose it again if it is still wanted.');
  return { workflow: undefined, note, userDefinedFields: undefined };
}
