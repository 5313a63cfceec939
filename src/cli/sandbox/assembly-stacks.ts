import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A stack of a synthesized cloud assembly; one without an environment may be deployed to any account and Region. */
export interface AssemblyStack {
  readonly name: string;
  readonly templateFile: string;
  readonly environment: { readonly account: string; readonly region: string } | undefined;
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional(), stackName: z.string().optional() }).optional(),
    }),
  ),
});

/** The stacks that `manifest.json` of a `cdk.out` directory names, in its order. */
export function readAssemblyStacks(directory: string): readonly AssemblyStack[] {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')));
  return Object.entries(manifest.artifacts).flatMap(([id, artifact]) => {
    const templateFile = artifact.properties?.templateFile;
    if (artifact.type !== 'aws:cloudformation:stack' || templateFile === undefined) return [];
    return [
      { name: artifact.properties?.stackName ?? id, templateFile, environment: parseEnvironment(artifact.environment) },
    ];
  });
}

/** `aws://111111111111/eu-central-1`, or `aws://unknown-account/unknown-region`. */
function parseEnvironment(text: string | undefined): AssemblyStack['environment'] {
  const [, account, region] = /^aws:\/\/(\d{12})\/([a-z0-9-]+)$/.exec(text ?? '') ?? [];
  return account !== undefined && region !== undefined ? { account, region } : undefined;
}
