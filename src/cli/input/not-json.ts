import { statSync } from 'node:fs';
import { InputError } from '../cli-error';
import { readTextFile } from './text-file';
import { findSyntaxError } from './syntax-error';

/** What the AWS CLI prints when it is asked for something else than JSON, by the first line. */
const OTHER_OUTPUTS: readonly (readonly [output: string, firstLine: RegExp])[] = [
  ['yaml', /^(- )?[A-Z]\w*:(\s*$| \[\]| '|\s*\|)/],
  ['yaml', /^- [A-Z]\w*: /],
  ['text', /^[A-Z][A-Z0-9]+(\t|$)/],
  ['table', /^[-+|]{10,}$/],
];

/**
 * Why a text is not JSON, with the place, in one line.
 *
 * @param name what the text is of: a file, a document of it, an element
 * @param text all of it, or what of it was read
 */
export function notJson(name: string, text: string): InputError {
  if (text.trim() === '') return new InputError(`${name} is empty; expected JSON`);
  const output = outputFormatOf(text);
  if (output !== undefined) {
    return new InputError(`${name} looks like --output ${output} of the AWS CLI; use --output json`);
  }
  const place = findSyntaxError(text);
  const where =
    place === undefined
      ? 'there is more than one document'
      : `line ${String(place.line)}, column ${String(place.column)}: ${place.what}`;
  return new InputError(`${name} is not JSON${isTruncated(text) ? ', it looks cut off' : ''}: ${where}`);
}

/**
 * The same of a part of a file, with the place in the whole file wherever that can be read again: a pipe cannot.
 *
 * @param part what to call the part, such as `rules.json: SecurityGroups[17]`
 */
export function partIsNotJson(file: string, name: string, part: string, text: string): InputError {
  const whole = readAgain(file, name);
  return notJson(part, whole !== undefined && findSyntaxError(whole) !== undefined ? whole : text);
}

function readAgain(file: string, name: string): string | undefined {
  try {
    return file !== '-' && statSync(file).isFile() ? readTextFile(file, name) : undefined;
  } catch {
    return undefined;
  }
}

function outputFormatOf(text: string): string | undefined {
  const [firstLine = ''] = text.replace(/^\ufeff?(---)?\s*/, '').split(/\r?\n/, 1);
  return OTHER_OUTPUTS.find(([, pattern]) => pattern.test(firstLine))?.[0];
}

/** JSON that we read ends as it began; a download or a pipe that broke off does not. */
function isTruncated(text: string): boolean {
  const first = text.trimStart()[0];
  const last = text.trimEnd().at(-1);
  return (first === '{' && last !== '}') || (first === '[' && last !== ']');
}
