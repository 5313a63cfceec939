// `npm run sizes`: writes down how large the parts of every handler's bundle are, for the test that sees them grow.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleEach } from './bundle-handler';
import { partsOf } from './bundle-parts';

const ROOT = path.resolve(__dirname, '..', '..');

async function main(): Promise<void> {
  const bundles = await bundleEach(ROOT);
  const sizes = Object.fromEntries(bundles.map((bundle) => [bundle.name, partsOf(bundle)]));
  writeFileSync(
    path.join(ROOT, 'test', 'supply-chain', 'bundle-sizes.json'),
    `${JSON.stringify(sizes, undefined, 2)}\n`,
  );
}

void main();
