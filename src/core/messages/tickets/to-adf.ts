import { truncateText } from '../truncate-text';
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

/** Jira takes 32,767 characters, and documents neither whether markup counts nor line breaks: all of it is fewer. */
const MAX_CHARACTERS = 32_000;
/** How much of a summary, and of each fact, is said: less where it is too much together. */
const SIZES = [
  { summary: 2000, value: 800, lines: 100 },
  { summary: 1000, value: 400, lines: 30 },
] as const;
const SHORTEST = { summary: 500, value: 150, lines: 10 };
const MAX_TITLE = 300;

/** Text of others stays text: the format has no markup within a text. */
export function toAdf(text: TicketText): AdfDocument {
  const documents = SIZES.map((size) => toDocument(text, size));
  return documents.find(fits) ?? toDocument(text, SHORTEST);
}

function fits(document: AdfDocument): boolean {
  return JSON.stringify(document).length <= MAX_CHARACTERS;
}

function toDocument({ title, summary, facts, mark }: TicketText, size: typeof SHORTEST): AdfDocument {
  const inLines = (value: string, most: number) => toLines(truncateText(value, most), size.lines);
  return {
    version: 1,
    type: 'doc',
    content: [
      paragraph(strong(truncateText(title, MAX_TITLE))),
      ...(summary === '' ? [] : [paragraph(...inLines(summary, size.summary))]),
      ...facts.map(([name, value]) => paragraph(strong(`${name}: `), ...inLines(value, size.value))),
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

/** A text of the format is never empty, and has no line breaks: what are too many lines goes on in the last one. */
function toLines(text: string, most: number): readonly AdfInline[] {
  const lines = text.split('\n');
  const shown = lines.length <= most ? lines : [...lines.slice(0, most - 1), lines.slice(most - 1).join(' ')];
  return shown.flatMap((line, index) => {
    const breaks: readonly AdfInline[] = index === 0 ? [] : [{ type: 'hardBreak' }];
    return line === '' ? breaks : [...breaks, { type: 'text', text: line }];
  });
}
