import { NOTE_AUTHOR } from '../../note-author';
import { NOTE_CHARACTERS, shorten } from '../../updates/compose-note';

/** What a comment of ours says beside its text: a comment of Security Hub V2 has neither author nor time nor fields. */
export interface Signature {
  /** When it was written, ISO 8601, UTC, to the second. */
  readonly at: string;
  readonly outcome?: string;
  readonly remediationId?: string;
}

const TIME = String.raw`\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z`;
const SIGNED = new RegExp(
  String.raw`^([\s\S]*?) ?\[${NOTE_AUTHOR}(?: ([a-z][a-z-]*))? (${TIME})(?: (rem-[0-9a-f]{16}))?\]$`,
);

/**
 * A note as a comment, which ends in its signature: `Closed: … [Portcullis closed 2026-11-29T12:00:00Z
 * rem-0123456789abcdef]`. The note is truncated where both are longer than a comment may be.
 * https://docs.aws.amazon.com/securityhub/latest/APIReference/API_BatchUpdateFindingsV2.html
 */
export function signComment(note: string, { at, outcome, remediationId }: Signature): string {
  const words = [NOTE_AUTHOR, outcome, `${at.slice(0, 19)}Z`, remediationId].filter((word) => word !== undefined);
  const signature = `[${words.join(' ')}]`;
  return `${shorten(note, NOTE_CHARACTERS - signature.length - 1)} ${signature}`;
}

/** The text of a comment and its signature; undefined where it is not ours. */
export function readComment(comment: string): { readonly text: string; readonly signature: Signature | undefined } {
  const [, text, outcome, at, remediationId] = SIGNED.exec(comment) ?? [];
  if (text === undefined || at === undefined) return { text: comment, signature: undefined };
  return {
    text,
    signature: {
      at,
      ...(outcome === undefined ? {} : { outcome }),
      ...(remediationId === undefined ? {} : { remediationId }),
    },
  };
}

/** How comments on findings look that an exception suppresses, as EventBridge's `wildcard` takes it. */
export const EXCEPTED_COMMENTS = `*[${NOTE_AUTHOR} excepted *`;

/** The same of findings that a person is asked about. */
export const ASKED_COMMENTS = `*[${NOTE_AUTHOR} asked *`;
