import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { DISABLE_CREATION_STACK_TRACES } from 'aws-cdk-lib/cx-api';
import { forgetOld } from './content-hash';
import { keptDirectory } from './kept-directory';
import { TSX_CACHE } from './tsx-cache';

/** Jest's global set-up; workers are started after it, with this environment. */
export default function setUp(): void {
  // Six seconds of processor time a synthesis, for warnings that no test reads; `npm run synth` shows them.
  process.env['CDK_VALIDATION'] = 'false';
  // Where each resource was made is for people who read the metadata of an assembly.
  process.env['CDK_CONTEXT_JSON'] = JSON.stringify({ [DISABLE_CREATION_STACK_TRACES]: true });
  ownTemporaryDirectory();
}

/**
 * What the tests and all that they start put into the temporary directory goes with the run, also after a failure or
 * Ctrl-C.
 */
function ownTemporaryDirectory(): void {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-tests-'));
  process.env['TMPDIR'] = directory;
  keepWhatIsMadeOfSources(directory);
  bundleOnce(directory);
  process.on('exit', () => {
    // Retried: a process that was killed a moment ago may still be writing its last file.
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  });
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => process.exit(128 + number));
  }
}

/**
 * The workers, the functions' processes, the CLI and the CDK app transform and compile the same code hundreds of times,
 * and each run of the tests anew; both caches go by the content of files. Node 20 keeps nothing of what it compiled.
 */
function keepWhatIsMadeOfSources(directory: string): void {
  const transformed = keptDirectory('transformed');
  forgetOld(transformed);
  symlinkSync(transformed, join(directory, TSX_CACHE));
  const compiled = keptDirectory('compiled');
  // A folder for each version of Node.
  for (const version of readdirSync(compiled)) forgetOld(join(compiled, version));
  process.env['NODE_COMPILE_CACHE'] = compiled;
  if (readdirSync(compiled).length === 0) compileOnce();
}

/**
 * All functions load the SDK. Where nothing is kept yet the first ones would compile it at the same moment, each for
 * itself, so long that what comes together in AWS came one after the other.
 */
function compileOnce(): void {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const clients = Object.keys(manifest.dependencies).filter((name) => name.startsWith('@aws-sdk/client-'));
  spawnSync(process.execPath, ['--eval', clients.map((name) => `require('${name}');`).join('')]);
}

/** Some forty configurations are synthesized, and each function's bundle is the same in all of them. */
function bundleOnce(directory: string): void {
  const bundles = join(directory, 'bundles');
  mkdirSync(bundles);
  process.env['PORTCULLIS_BUNDLES'] = bundles;
  process.env['PATH'] = `${join(__dirname, 'bundled-once')}${delimiter}${process.env['PATH'] ?? ''}`;
}
