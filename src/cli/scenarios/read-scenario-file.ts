import * as z from 'zod';
import { CONTROL_IDS } from '../../core/controls/control-id';
import { mistakesIn } from '../cli-error';
import { readYamlFile } from '../yaml-file';
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
  const parsed = scenarioFileSchema.safeParse(readYamlFile(file));
  if (parsed.success) return parsed.data.scenarios;
  const mistakes = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`);
  throw mistakesIn(file, mistakes, 'docs/sandbox.md has the format');
}
