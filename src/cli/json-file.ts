import { readFileSync } from 'node:fs';
import { InputError } from './cli-error';

/** Reads a JSON file, or stdin for `-`. @throws InputError naming the file and, for broken JSON, the place. */
export function readJsonFile(file: string): unknown {
  const name = nameOf(file);
  return parseJson(readText(file, name), name);
}

/** What people know a file argument by. */
export function nameOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** @throws InputError naming where the text is from and, for broken JSON, the place. */
export function parseJson(source: string, name: string): unknown {
  const text = source.replace(/^\ufeff/, '');
  if (text.trim() === '') throw new InputError(`${name} is empty; expected JSON`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${name} is not JSON${isCutOff(text) ? ', it looks cut off' : ''}: ${reasonOf(error)}`);
  }
}

function readText(file: string, name: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    throw cannotBeRead(name, error);
  }
}

export function cannotBeRead(name: string, error: unknown): InputError {
  return new InputError(`${name} cannot be read: ${reasonOf(error)}`);
}

/** JSON that we read ends as it began; a download or a pipe that broke off does not. */
function isCutOff(text: string): boolean {
  const first = text.trimStart()[0];
  const last = text.trimEnd().at(-1);
  return (first === '{' && last !== '}') || (first === '[' && last !== ']');
}

/** V8 quotes a piece of the text, which may run over lines. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/\s+/g, ' ') : String(error);
}
