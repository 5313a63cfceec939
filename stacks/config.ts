import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { findWrongEnds } from '../src/core/configuration/schema/exceptions-schema';
import { parseConfiguration, renderMistake } from '../src/core/configuration/parse-configuration';
import { failure, success, type Result } from '../src/core/result';

export const EXAMPLE_FILE = join(__dirname, '..', 'portcullis.example.yaml');

/** `portcullis.yaml` of the working directory, unless another file is asked for; the example where there is none. */
export function findConfigurationFile(requested: string | undefined): string {
  if (requested !== undefined) return resolve(requested);
  const own = resolve('portcullis.yaml');
  return existsSync(own) ? own : EXAMPLE_FILE;
}

/**
 * Errors are lines for people, each with the file's name, the place and the fix.
 *
 * @param complete what else belongs to it, before it is checked: the sandbox knows addresses that no file need name
 */
export function readConfiguration(
  file: string,
  complete: (data: unknown) => unknown = (data) => data,
): Result<Configuration, readonly string[]> {
  const text = readText(file);
  if (!text.ok) return failure([text.error]);
  const data = parseYaml(text.value);
  if (!data.ok) return failure([`${file}: ${data.error}`]);
  const configuration = parseConfiguration(complete(data.value));
  if (configuration.ok) {
    const { exceptions, acceptRisk } = configuration.value;
    const wrong = findWrongEnds(exceptions, acceptRisk.maximumDays, new Date());
    if (wrong.length === 0) return success(configuration.value);
    return failure(wrong.map(({ path, value, problem }) => `${file}: ${path}: "${value}" ${problem}`));
  }
  return failure(configuration.error.map((mistake) => `${file}: ${renderMistake(mistake)}`));
}

function readText(file: string): Result<string, string> {
  try {
    return success(readFileSync(file, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failure(
      `${file}: cannot be read (${reason}); name an existing file with -c config=FILE or PORTCULLIS_CONFIG`,
    );
  }
}

function parseYaml(text: string): Result<unknown, string> {
  try {
    return success(parse(text));
  } catch (error) {
    // Anchors that multiply without end are a ReferenceError.
    if (!(error instanceof YAMLParseError)) return failure(`not valid YAML (${String(error)})`);
    const [position] = error.linePos ?? [];
    const where = position ? `line ${String(position.line)}, column ${String(position.col)}: ` : '';
    return failure(`${where}not valid YAML (${error.code}); check indentation, quotes and that no key stands twice`);
  }
}
