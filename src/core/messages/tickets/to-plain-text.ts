import { truncateText } from '../truncate-text';
import type { TicketText } from './ticket-text';

/**
 * A text of at most so many characters, which always ends in the event's mark. `[code]` makes HTML of what is in it in
 * ServiceNow's journals: text of others never does.
 */
export function toPlainText({ title, summary, facts, mark }: TicketText, maxLength: number): string {
  const lines = [title, ...(summary === '' ? [] : [summary]), '', ...facts.map(([name, value]) => `${name}: ${value}`)];
  const text = lines.join('\n').replace(/\[(\/?code)\]/gi, '[ $1 ]');
  return `${truncateText(text, maxLength - mark.length - 2)}\n\n${mark}`;
}
