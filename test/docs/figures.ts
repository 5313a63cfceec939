import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

export const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const WORDS =
  'two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|nineteen|twenty|thirty|hundred|thousand|half';

/** A figure in prose, in digits or as a word. */
const FIGURE = new RegExp(String.raw`\b(?:${WORDS})\b|\$?\b\d[\d,.]*`, 'gi');

/** What has digits and is a name: of services, controls, protocols, addresses, other documents, versions. */
const NAMES =
  /\bEC2\.\d+|\b(EC2|S3|IPv[46]|boto3|SHA-256|Apache-2\.0|Automatic\w*V2\w*|V2)\b|(?:\d+\.){3}\d+(?:\/\d+)?|::\/0|\[\d{4}\]|20\d\d-\d\d-\d\d/g;

/** Prose of a document as one line: without code, links, headings' numbers, numbers of steps and names. */
export function proseOf(file: string): string {
  return textOf(file)
    .replace(/^ *```.*?^ *```/gms, '')
    .replace(/(?:^ {4}.*\n)+/gm, '')
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/^#+ \d+\. /gm, '')
    .replace(/^\d+\. /gm, '')
    .replaceAll(/\s+/g, ' ');
}

/** Figures that stand in no claim, with what is around each. */
export function figuresBeside(prose: string, claims: readonly string[]): readonly string[] {
  let left = prose.replace(/`[^`]*`/g, (code) => (claims.some((claim) => claim.includes(code)) ? code : '`'));
  for (const claim of claims) left = left.replaceAll(claim, ' … ');
  left = left.replace(NAMES, '');
  return [...left.matchAll(FIGURE)].map(({ 0: figure, index }) =>
    left.slice(Math.max(0, index - 30), index + figure.length + 20),
  );
}

/** What a file of ours says that a constant is: a number, or numbers multiplied. */
export function constantOf(file: string, name: string): number {
  const [, value = ''] =
    new RegExp(String.raw`const ${name}(?:: \w+)? = (?:[\w.]+\()?([\d_ *.]+)\)?;`).exec(textOf(file)) ?? [];
  if (value === '') throw new Error(`${file} has no number ${name}`);
  return value.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1);
}

const NAMED = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

/** A number as prose has it: a word up to twelve. */
export function inWords(count: number): string {
  return NAMED[count] ?? String(count);
}
