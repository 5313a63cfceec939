import type { Notice } from './notice';
import { TEST_KIND } from './notice-kinds';

/** What a channel is told of: all must be met, each by one of its values. A filter that is missing keeps nothing back. */
export interface ChannelFilters {
  readonly events?: readonly string[];
  readonly severities?: readonly string[];
  readonly controls?: readonly string[];
  /** Account ids of 12 digits. */
  readonly accounts?: readonly string[];
}

/** What an event does not say keeps it from nobody: who is not told of an opening because nobody knew is told too little. */
export function passesFilters(notice: Notice, { events, severities, controls, accounts }: ChannelFilters): boolean {
  const { kind, severity, target } = notice;
  if (kind === TEST_KIND) return true;
  if (events && !events.includes(kind)) return false;
  if (severities && severity !== undefined && !severities.includes(severity)) return false;
  if (accounts && target !== undefined && !accounts.includes(target.account)) return false;
  return !controls || notice.controls.length === 0 || notice.controls.some((control) => controls.includes(control));
}
