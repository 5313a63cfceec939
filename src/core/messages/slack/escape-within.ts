import { readableText } from '../readable-text';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * Text of others within `mrkdwn`, of at most so many characters once it is escaped: nothing of it is a link, a mention
 * or a channel. What is too long ends in `…`, and never within an entity or a character.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function escapeWithin(text: string, maxLength: number): string {
  let escaped = '';
  for (const character of readableText(text)) {
    const next = ENTITIES[character] ?? character;
    if (escaped.length + next.length > maxLength) return withEllipsis(escaped, maxLength);
    escaped += next;
  }
  return escaped;
}

/** Gives up as much of the end as the sign needs. */
function withEllipsis(escaped: string, maxLength: number): string {
  if (escaped.length < maxLength) return `${escaped}…`;
  return `${escaped.replace(/(&[a-z]+;|[\ud800-\udbff][\udc00-\udfff]|[\s\S])$/, '')}…`;
}
