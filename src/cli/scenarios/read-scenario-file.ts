import { parse, YAMLParseError } from 'yaml';
import * as z from 'zod';
import { CONTROL_IDS } from '../../core/controls/control-id';
import { InputError } from '../cli-error';
import { readTextFile } from '../json-file';
import type { ScenarioStart } from './scenario';

const port = z.int().min(-1).max(65_535);

const scenarioFileSchema = z.strictObject({
  scenarios: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        account: z.string().regex(/^\d{12}$/, 'must be an account id of 12 digits, in quotes'),
        region: z.string().min(1),
        controls: z.array(z.enum(CONTROL_IDS)).min(1),
        parameters: z.array(z.strictObject({ Name: z.string(), Value: z.array(z.string()) })).optional(),
        rules: z.array(
          z.strictObject({
            protocol: z.string().min(1),
            from: port,
            to: port,
            source: z.string().min(1),
            description: z.string().optional(),
          }),
        ),
      }),
    )
    .min(1),
});

/**
 * Reads the file of `portcullis sandbox --scenario`, YAML or JSON.
 *
 * @throws InputError that names every mistake
 */
export function readScenarioFile(file: string): readonly ScenarioStart[] {
  const parsed = scenarioFileSchema.safeParse(readYaml(file));
  if (parsed.success) return parsed.data.scenarios;
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  throw new InputError(`${file}: ${mistakes.join('; ')}; docs/sandbox.md has the format`);
}

function readYaml(file: string): unknown {
  const text = readTextFile(file);
  try {
    return parse(text);
  } catch (error) {
    const [position] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
    const place = position ? `line ${String(position.line)}, column ${String(position.col)}: ` : '';
    throw new InputError(`${file}: ${place}not valid YAML: ${firstLine(error)}`);
  }
}

/** What follows is an excerpt with a pointer under it. */
function firstLine(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/ at line \d+, column \d+:$/, '');
}
