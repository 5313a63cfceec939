import type { BundleFacts } from './bundle-handler';
import { bytesByFile, packageDirectoryOf } from './shipped-packages';

/** Bytes of what a bundle is made of, by its name, the largest first: a package, or a folder of `src`. */
export type BundleParts = Readonly<Record<string, number>>;

/** What the SDKs of AWS and all that they bring along are called, of which a handler cannot have less. */
const SDK = 'SDK';

/** What we bring along ourselves; every other package is there because an SDK wants it. */
const OWN_PACKAGES: ReadonlySet<string> = new Set(['zod', 'ipaddr.js', 'yaml']);

/** Of a bundle: `{ SDK: 1674319, 'src/core': 288123, 'src/flow': 101544, zod: 53102 }`. */
export function partsOf(bundle: BundleFacts): BundleParts {
  const parts = new Map<string, number>();
  for (const [file, bytes] of bytesByFile(bundle)) {
    const name = partOf(file);
    parts.set(name, (parts.get(name) ?? 0) + bytes);
  }
  return Object.fromEntries([...parts].sort(([, one], [, other]) => other - one));
}

/** Bytes of all parts together, or but for the SDKs. */
export function sizeOf(parts: BundleParts, { own }: { readonly own: boolean }): number {
  return Object.entries(parts).reduce((sum, [name, bytes]) => (own && name === SDK ? sum : sum + bytes), 0);
}

function partOf(file: string): string {
  const directory = packageDirectoryOf(file);
  if (directory === undefined) return file.split('/').slice(0, 2).join('/');
  const name = directory.replace(/^.*node_modules\//, '');
  return OWN_PACKAGES.has(name) ? name : SDK;
}
