// `npm run sbom`: writes out/portcullis.cdx.json, the CycloneDX document of what is in the Lambda bundles.

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundleEach } from './bundle-handler';
import { shippedPackages } from './shipped-packages';
import { shippedSbom } from './shipped-sbom';

async function main(): Promise<void> {
  const root = path.resolve(__dirname, '..', '..');
  const sbom = shippedSbom(root, shippedPackages(root, await bundleEach(root)));
  const file = path.join(root, 'out', 'portcullis.cdx.json');
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(sbom, undefined, 2)}\n`);
  process.stderr.write(`sbom: ${String(sbom.components.length)} shipped packages in ${path.relative(root, file)}\n`);
}

void main();
