import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Jest's global set-up; workers are started after it, with this environment. */
export default function setUp(): void {
  // Six seconds of processor time a synthesis, for warnings that no test reads; `npm run synth` shows them.
  process.env['CDK_VALIDATION'] = 'false';
  ownTemporaryDirectory();
}

/**
 * What the tests and all that they start put into the temporary directory goes with the run, also after a failure or
 * Ctrl-C.
 */
function ownTemporaryDirectory(): void {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-tests-'));
  process.env['TMPDIR'] = directory;
  // The functions' processes, the CLI and the CDK app compile the same code hundreds of times. Node 20 knows no such
  // cache.
  process.env['NODE_COMPILE_CACHE'] = join(directory, 'node-compile-cache');
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

/** Some forty configurations are synthesized, and each function's bundle is the same in all of them. */
function bundleOnce(directory: string): void {
  const bundles = join(directory, 'bundles');
  mkdirSync(bundles);
  process.env['PORTCULLIS_BUNDLES'] = bundles;
  process.env['PATH'] = `${join(__dirname, 'bundled-once')}${delimiter}${process.env['PATH'] ?? ''}`;
}
