import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, type Metafile } from 'esbuild';

/** What is known of a bundle. */
export interface BundleFacts {
  /** File name of the handler without its extension. */
  readonly name: string;
  readonly sha256: string;
  /** Which file gave how many bytes, paths relative to the root. */
  readonly metafile: Metafile;
}

export interface Bundle extends BundleFacts {
  readonly code: Uint8Array;
}

/** The options of stacks/constructs/bundled-function, which a test holds these against byte for byte. */
const BUNDLE_OPTIONS = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  keepNames: true,
  mainFields: ['module', 'main'],
  logLevel: 'error',
} as const satisfies BuildOptions;

/** The modules straight in src/handlers: each exports a Lambda handler; `settings` holds what configures them. */
export function handlerNames(root: string): readonly string[] {
  return readdirSync(path.join(root, 'src', 'handlers'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .sort();
}

/** Bundles a handler as it is deployed, in memory. */
export async function bundleHandler(root: string, name: string): Promise<Bundle> {
  return bundle(root, name, { entryPoints: [path.join(root, 'src', 'handlers', `${name}.ts`)] });
}

/** Bundles every handler as it is deployed, each by itself. */
export function bundleEach(root: string): Promise<readonly Bundle[]> {
  return Promise.all(handlerNames(root).map((name) => bundleHandler(root, name)));
}

/**
 * Hashes of several handlers' bundles, by name, in the time of one. A bundle may hold more than the same one that is
 * made by itself: what any of them uses of a file is in all that use the file.
 */
export async function bundleTogether(root: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    ...BUNDLE_OPTIONS,
    entryPoints: names.map((name) => path.join(root, 'src', 'handlers', `${name}.ts`)),
    absWorkingDir: root,
    outdir: root,
    write: false,
  });
  return new Map(outputFiles.map((file) => [path.basename(file.path, '.js'), sha256Of(file.contents)]));
}

/** Bundles the text of a TypeScript module as a handler would be, with imports resolved from `root`. */
export async function bundleText(root: string, name: string, contents: string): Promise<Bundle> {
  return bundle(root, name, { stdin: { contents, resolveDir: root, loader: 'ts' } });
}

async function bundle(root: string, name: string, entry: Pick<BuildOptions, 'entryPoints' | 'stdin'>): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...BUNDLE_OPTIONS,
    ...entry,
    absWorkingDir: root,
    outfile: path.join(root, 'index.js'),
    write: false,
    metafile: true,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild made nothing of ${name}`);
  return { name, code: output.contents, sha256: sha256Of(output.contents), metafile };
}

function sha256Of(contents: Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex');
}
