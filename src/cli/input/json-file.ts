import { notJson } from './not-json';
import { nameOf, readTextFile } from './text-file';

/** Reads a JSON file, or stdin for `-`. @throws InputError naming the file and, for broken JSON, the place. */
export function readJsonFile(file: string, name = nameOf(file)): unknown {
  return parseJson(readTextFile(file, name), name);
}

/** @throws InputError naming where the text is from and, for broken JSON, the place. */
export function parseJson(source: string, name: string): unknown {
  try {
    // A byte order mark is blank to trim().
    return JSON.parse(source.trim());
  } catch {
    throw notJson(name, source);
  }
}
