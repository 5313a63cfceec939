// `npm run licences`: the licence of every package that is in a Lambda bundle. Exits 1 when one is not permissive.

import path from 'node:path';
import { bundleEach } from './bundle-handler';
import { isPermissive } from './is-permissive';
import { shippedPackages } from './shipped-packages';

async function main(): Promise<void> {
  const root = path.resolve(__dirname, '..', '..');
  const shipped = shippedPackages(root, await bundleEach(root));
  const lines = shipped.map(({ name, version, licence, handlers }) =>
    [licence === '' ? '(none)' : licence, `${name}@${version}`, handlers.join(' ')].join('\t'),
  );
  process.stdout.write(`${lines.join('\n')}\n`);
  const refused = shipped.filter(({ licence }) => !isPermissive(licence));
  if (shipped.length === 0 || refused.length > 0) {
    const names = refused.map(({ name, licence }) => `${name} (${licence === '' ? 'no licence' : licence})`);
    process.stderr.write(`licences: not permissive: ${names.join(', ') || 'nothing found to look at'}\n`);
    process.exitCode = 1;
    return;
  }
  process.stderr.write(`licences: ${String(shipped.length)} shipped packages, all permissive\n`);
}

void main();
