import { cutText } from '../cut-text';
import type { TicketText } from './ticket-text';

/**
 * A text of the Atlassian Document Format. https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/
 */
export interface AdfDocument {
  readonly version: 1;
  readonly type: 'doc';
  readonly content: readonly AdfParagraph[];
}

interface AdfParagraph {
  readonly type: 'paragraph';
  readonly content: readonly AdfInline[];
}

type AdfInline =
  | { readonly type: 'text'; readonly text: string; readonly marks?: readonly { readonly type: 'strong' }[] }
  | { readonly type: 'hardBreak' };

/** Jira takes 32,767 characters; the parts are cut so that all of them together are fewer. */
const MAX_TITLE = 300;

/** Text of others stays text: the format has no markup within a text. */
export function toAdf({ title, summary, facts, mark }: TicketText): AdfDocument {
  return {
    version: 1,
    type: 'doc',
    content: [
      paragraph(strong(cutText(title, MAX_TITLE))),
      ...(summary === '' ? [] : [paragraph(...inLines(summary))]),
      ...facts.map(([name, value]) => paragraph(strong(`${name}: `), ...inLines(value))),
      paragraph({ type: 'text', text: mark }),
    ],
  };
}

function paragraph(...content: readonly AdfInline[]): AdfParagraph {
  return { type: 'paragraph', content };
}

function strong(text: string): AdfInline {
  return { type: 'text', text, marks: [{ type: 'strong' }] };
}

/** A text of the format is never empty, and has no line breaks. */
function inLines(text: string): readonly AdfInline[] {
  return text.split('\n').flatMap((line, index) => {
    const breaks: readonly AdfInline[] = index === 0 ? [] : [{ type: 'hardBreak' }];
    return line === '' ? breaks : [...breaks, { type: 'text', text: line }];
  });
}
