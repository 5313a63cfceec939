import stringWidth from 'string-width';

/** A terminal, or what stands for one in a test. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/**
 * So many columns a terminal has; undefined where nobody looks, such as a pipe: whoever reads there wants whole lines.
 */
export function columnsOf(stream: Output): number | undefined {
  if (stream.isTTY !== true) return undefined;
  const asked = Number(process.env['COLUMNS']);
  const columns = stream.columns ?? 0;
  if (columns > 0) return columns;
  return Number.isInteger(asked) && asked > 0 ? asked : undefined;
}

/** On anything narrower, lines are left to the terminal: a column of words helps nobody. */
const NARROWEST = 40;

/**
 * Lines that fit the terminal: what is longer goes on under the column that its text begins in. Measured as a terminal
 * shows it: a Chinese character and an emoji are two columns wide, a combining accent none. What is to be pasted stays
 * whole: fixes, and words such as an ARN.
 */
export function fitLines(text: string, stream: Output = process.stdout): string {
  const columns = columnsOf(stream);
  if (columns === undefined || columns < NARROWEST) return text;
  return text
    .split('\n')
    .map((line) => (stringWidth(line) <= columns || /^\s*fix: /.test(line) ? line : fold(line, columns)))
    .join('\n');
}

/** As much of a line as so many columns show. */
export function truncateToColumns(line: string, columns: number): string {
  let kept = '';
  let width = 0;
  for (const part of charactersOf(line)) {
    width += stringWidth(part);
    if (width > columns) break;
    kept += part;
  }
  return kept;
}

function fold(line: string, columns: number): string {
  const indent = indentOf(line, columns);
  const lines: string[] = [];
  let current = '';
  for (const word of wordsOf(line)) {
    const isTooLong = stringWidth(current + word.trimEnd()) > columns;
    if (isTooLong && current.trim() !== '') {
      lines.push(current.trimEnd());
      current = ' '.repeat(indent) + word.trimStart();
    } else current += word;
  }
  return [...lines, current].join('\n');
}

const GAP = /\S {2,}(?=\S)/g;
/** Where less than this is left beside the columns before it, text goes on further left. */
const LEAST_TEXT = 24;

/** Where the text of a line begins: behind its last gap of two spaces that leaves room, or two columns in. */
function indentOf(line: string, columns: number): number {
  const plain = line.replace(COLOURS, '');
  const ends = [...plain.matchAll(GAP)]
    .map((match) => stringWidth(plain.slice(0, match.index + match[0].length)))
    .filter((end) => end <= columns - LEAST_TEXT);
  const own = plain.length - plain.trimStart().length;
  return ends.at(-1) ?? own + 2;
}

/** What a terminal takes for a colour. */
const COLOURS = /\u001b\[\d+m/g;
/** Wide characters that may stand at the end of a line; other words stay whole. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u;

/** Words with the spaces behind them; of text without spaces between words, its characters. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/^\s+\S+\s*|\S+\s*/g) ?? [line];
  return words.flatMap((word) => (WIDE.test(word) ? charactersOf(word) : word));
}

/** As people count them: a letter with its accents, an emoji of several parts. */
function charactersOf(text: string): readonly string[] {
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment);
}
