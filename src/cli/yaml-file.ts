import { parse, YAMLParseError } from 'yaml';
import { InputError } from './cli-error';
import { nameOf, readTextFile } from './input/text-file';

/** Reads a YAML or JSON file, or stdin for `-`. @throws InputError naming the file and, for broken YAML, the place. */
export function readYamlFile(file: string, name = nameOf(file)): unknown {
  const text = readTextFile(file, name);
  try {
    return parse(text);
  } catch (error) {
    const [position] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
    const place = position ? `line ${String(position.line)}, column ${String(position.col)}: ` : '';
    throw new InputError(`${name}: ${place}not valid YAML: ${firstLine(error)}`);
  }
}

/** What follows is an excerpt with a pointer under it. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/ at line \d+, column \d+:$/, '');
}
