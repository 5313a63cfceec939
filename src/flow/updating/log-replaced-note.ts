import type { Finding } from '../../core/findings/finding';
import { NOTE_AUTHOR, type Log } from '../ports';

/** Where no record of the ledger is about a finding, the log keeps what somebody else has written there. */
export function logReplacedNote({ id: findingId, note }: Finding, log: Log): void {
  if (note === undefined || note.updatedBy === NOTE_AUTHOR) return;
  log.info('A note of somebody else is replaced', { findingId, by: note.updatedBy, replaced: note.text });
}
