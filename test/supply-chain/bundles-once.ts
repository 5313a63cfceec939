import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { bundleEach, type BundleFacts } from '../../scripts/supply-chain/bundle-handler';

const ROOT = path.join(__dirname, '..', '..');

/** Where the code of all bundles stands, `NAME.js` each, once {@link bundlesOnce} has made them. */
export function bundleDirectory(): string {
  return path.join(process.env['PORTCULLIS_BUNDLES'] ?? '', 'handlers');
}

/** The bundles of all handlers, made once a run of the tests: by the worker that comes first, for whom the others wait. */
export async function bundlesOnce(): Promise<readonly BundleFacts[]> {
  const kept = `${bundleDirectory()}.json`;
  // Undefined where the directory was there before.
  if (mkdirSync(bundleDirectory(), { recursive: true }) !== undefined) return makeBundles(kept);
  while (!existsSync(kept)) await setTimeout(100);
  return JSON.parse(readFileSync(kept, 'utf8')) as readonly BundleFacts[];
}

async function makeBundles(kept: string): Promise<readonly BundleFacts[]> {
  const bundles = await bundleEach(ROOT);
  const facts = bundles.map(({ name, code, sha256, metafile }) => {
    writeFileSync(path.join(bundleDirectory(), `${name}.js`), code);
    return { name, sha256, metafile };
  });
  writeWhole(kept, JSON.stringify(facts));
  return facts;
}

/** Renamed when it is whole: another worker waits for it. */
function writeWhole(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.${String(process.pid)}`, content);
  renameSync(`${file}.${String(process.pid)}`, file);
}
