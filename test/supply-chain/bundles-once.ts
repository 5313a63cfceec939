import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleEach, type BundleFacts } from '../../scripts/supply-chain/bundle-handler';

const ROOT = path.join(__dirname, '..', '..');

/** Where the code of all bundles stands, `NAME.js` each, once {@link bundlesOnce} has made them. */
export function bundleDirectory(): string {
  return path.join(process.env['PORTCULLIS_BUNDLES'] ?? '', 'handlers');
}

/** The bundles of all handlers, made once a run of the tests. */
export async function bundlesOnce(): Promise<readonly BundleFacts[]> {
  const kept = `${bundleDirectory()}.json`;
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as readonly BundleFacts[];
  const bundles = await bundleEach(ROOT);
  mkdirSync(bundleDirectory(), { recursive: true });
  const facts = bundles.map(({ name, code, sha256, metafile }) => {
    writeWhole(path.join(bundleDirectory(), `${name}.js`), code);
    return { name, sha256, metafile };
  });
  writeWhole(kept, JSON.stringify(facts));
  return facts;
}

/** Renamed when it is whole: another worker may make them at the same moment. */
function writeWhole(file: string, content: string | Uint8Array): void {
  writeFileSync(`${file}.${String(process.pid)}`, content);
  renameSync(`${file}.${String(process.pid)}`, file);
}
