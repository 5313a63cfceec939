import type { FindingUpdate } from './finding-update';

/** The same words for a finding that they concern, but whose own state they do not change. */
export function toNoteOnly(update: FindingUpdate): FindingUpdate {
  return { workflow: undefined, note: update.note, userDefinedFields: undefined };
}
