import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleEach, type BundleFacts } from '../../scripts/supply-chain/bundle-handler';

const ROOT = path.join(__dirname, '..', '..');

/** The bundles of all handlers, made once a run of the tests. */
export async function bundlesOnce(): Promise<readonly BundleFacts[]> {
  const kept = path.join(process.env['PORTCULLIS_BUNDLES'] ?? '', 'handlers.json');
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as readonly BundleFacts[];
  const bundles = (await bundleEach(ROOT)).map(({ name, sha256, metafile }) => ({ name, sha256, metafile }));
  // Renamed when it is whole: another worker may make them now.
  writeFileSync(`${kept}.${String(process.pid)}`, JSON.stringify(bundles));
  renameSync(`${kept}.${String(process.pid)}`, kept);
  return bundles;
}
