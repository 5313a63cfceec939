import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build, version, type Plugin } from 'esbuild';
import { contentHash, forgetOld } from '../setup/content-hash';
import { keptDirectory } from '../setup/kept-directory';

const ROOT = join(__dirname, '..', '..');

/** What the command is made from, and how. */
const SOURCES = ['src', 'sandbox', 'stacks', 'package-lock.json', 'scripts/quiet-sdk.cjs', 'test/cli/bundled-cli.ts'];

/** What only commands load that are run as they are installed: the CDK, and what reads its own files. */
const NOT_BUNDLED = ['aws-cdk', 'aws-cdk-lib', 'constructs', 'dynalite', 'esbuild'];

let bundled: Promise<readonly string[]> | undefined;

/**
 * The command as one file of JavaScript, made once for every state of the sources: from TypeScript, hundreds of runs
 * would resolve, transform and compile the same modules each for itself. Workers that come at the same time may each
 * make it; the last one's stays.
 *
 * @returns what Node takes before the command's arguments
 */
export function bundledCli(): Promise<readonly string[]> {
  bundled ??= bundle().then((file) => [join(__dirname, 'run-bundle.cjs'), file]);
  return bundled;
}

async function bundle(): Promise<string> {
  const directory = keptDirectory('cli');
  const kept = join(directory, `${contentHash(ROOT, SOURCES, version)}.cjs`);
  if (existsSync(kept)) return kept;
  forgetOld(directory);
  const { outputFiles } = await build({
    stdin: {
      // As bin/portcullis.cjs does, but for what makes TypeScript run.
      contents: `require('./scripts/quiet-sdk.cjs'); void require('./src/cli/main').main(process.argv.slice(2));`,
      resolveDir: ROOT,
    },
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node20',
    minifyWhitespace: true,
    external: NOT_BUNDLED,
    // What is kept of the compiled code (run-bundle.cjs) cannot import on Node 20.
    supported: { 'dynamic-import': false },
    plugins: [keepPlaces],
    write: false,
    logLevel: 'silent',
  });
  const fresh = `${kept}.${String(process.pid)}`;
  writeFileSync(fresh, outputFiles[0]?.contents ?? '');
  renameSync(fresh, kept);
  return kept;
}

/** Modules of ours find the files beside them where these are, not where the bundle lies. */
const keepPlaces: Plugin = {
  name: 'keep-places',
  setup({ onLoad }) {
    onLoad({ filter: /\/(src|sandbox|stacks)\/.*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('__dirname', JSON.stringify(dirname(resolve(path)))),
      loader: 'ts',
    }));
  },
};
