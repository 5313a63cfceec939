import { truncateText } from '../truncate-text';
import { factsOf, titleOf } from '../describe-notice';
import type { Notice } from '../notice';
import { readableText } from '../readable-text';
import { subjectOf } from '../subject-of';

/**
 * What a ticket, or a comment on one, says; each receiver puts it into its own form, and truncates it to its own
 * limits.
 */
export interface TicketText {
  /** One line. */
  readonly title: string;
  /** What happened, in lines. */
  readonly summary: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Ends the text: by it we know what a ticket says already. */
  readonly mark: string;
}

const MAX_SUMMARY = 2000;
const MAX_VALUE = 800;

/** Texts of others without characters that would change how the rest is read. */
export function toTicketText(notice: Notice): TicketText {
  return {
    title: readableText(titleOf(notice)).replace(/\s+/g, ' ').trim(),
    summary: truncateText(readableText(notice.summary), MAX_SUMMARY).trim(),
    facts: factsOf(notice).map(([name, value]) => [name, truncateText(readableText(value), MAX_VALUE).trim() || '–']),
    mark: markOf(notice),
  };
}

/** Ends what is said about an event. */
export function markOf({ id }: Notice): string {
  return `Portcullis event ${id}`;
}

/**
 * By what receivers know which target a ticket is about: letters, digits, and `._-`, so that it fits into any query.
 */
export function correlationOf(notice: Notice): string {
  return `portcullis.${subjectOf(notice)}`.replace(/[^\w.-]/g, '.');
}
