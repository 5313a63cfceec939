import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { z } from 'zod';

import { parseTemplate, type Template } from './template';

/** https://docs.aws.amazon.com/cdk/v2/guide/deploy.html: `<stack>.assets.json` says where each file asset lies. */
const assetsSchema = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

/** A synthesized `cdk.out` directory. */
export interface CloudAssembly {
  /** @throws Error when the file is missing or no template. */
  readTemplate(templateFile: string): Template;
  /** The directory or file behind an object key such as `<hash>.zip`. */
  assetPath(objectKey: string): string | undefined;
}

/**
 * Opens what `cdk synth` wrote: its asset manifests are read now, its templates when they are asked for.
 * @param directory the assembly's own, `cdk.out`
 * @throws Error when the directory or a manifest cannot be read, ZodError when a manifest is not as the CDK writes it
 */
export function openCloudAssembly(directory: string): CloudAssembly {
  const assetPaths = new Map<string, string>();
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.assets.json'))) {
    const { files } = assetsSchema.parse(readJson(join(directory, file)));
    for (const { source, destinations } of Object.values(files)) {
      if (source.path === undefined) continue;
      for (const { objectKey } of Object.values(destinations)) assetPaths.set(objectKey, join(directory, source.path));
    }
  }
  return {
    readTemplate: (templateFile) => parseTemplate(templateFile, readJson(join(directory, templateFile))),
    assetPath: (objectKey) => assetPaths.get(objectKey),
  };
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
