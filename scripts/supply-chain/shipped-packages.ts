import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BundleFacts } from './bundle-handler';

/** A package of which at least one byte is in a Lambda bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression as its package.json has it; empty when there is none. */
  readonly licence: string;
  /** Names of the handlers that hold it. */
  readonly handlers: readonly string[];
}

/** What is in the bundles by esbuild's own account, sorted by name; what is installed beside it does not count. */
export function shippedPackages(root: string, bundles: readonly BundleFacts[]): readonly ShippedPackage[] {
  const handlersByDirectory = new Map<string, Set<string>>();
  for (const bundle of bundles) {
    for (const directory of packageDirectories(bundle)) {
      const handlers = handlersByDirectory.get(directory) ?? new Set();
      handlersByDirectory.set(directory, handlers.add(bundle.name));
    }
  }
  return [...handlersByDirectory]
    .map(([directory, handlers]) => ({
      ...readManifest(path.resolve(root, directory)),
      handlers: [...handlers].sort(),
    }))
    .sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Bytes that each file gave to a bundle, by its path from the root. */
export function bytesByFile({ metafile }: BundleFacts): ReadonlyMap<string, number> {
  return new Map(
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).map(([file, { bytesInOutput }]): [string, number] => [file, bytesInOutput]),
    ),
  );
}

/** The innermost package that a file belongs to; undefined for files of our own. */
export function packageDirectoryOf(file: string): string | undefined {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

function packageDirectories(bundle: BundleFacts): ReadonlySet<string> {
  const shipped = [...bytesByFile(bundle)].filter(([, bytes]) => bytes > 0);
  return new Set(shipped.flatMap(([file]) => packageDirectoryOf(file) ?? []));
}

function readManifest(directory: string): Omit<ShippedPackage, 'handlers'> {
  const manifest = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8')) as {
    readonly name: string;
    readonly version: string;
    readonly license?: unknown;
  };
  const { name, version, license } = manifest;
  return { name, version, licence: typeof license === 'string' ? license : '' };
}
