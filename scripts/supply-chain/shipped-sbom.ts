import { execFileSync } from 'node:child_process';
import type { ShippedPackage } from './shipped-packages';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  /** From the lock file's integrity hash. */
  readonly hashes?: readonly unknown[];
}

/** The parts of a CycloneDX document that are reduced; all others stay as npm wrote them. */
export interface Sbom {
  readonly serialNumber?: string;
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: Readonly<Record<string, unknown>> & { readonly 'bom-ref': string };
  };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * npm's CycloneDX document of the lock file, reduced to what is in the Lambda bundles. Without the time and the serial
 * number, so that the same commit gives the same document.
 *
 * @throws Error for a shipped package that the lock file does not have
 */
export function shippedSbom(root: string, packages: readonly ShippedPackage[]): Sbom {
  const shipped = new Set(packages.map(({ name, version }) => `${name}@${version}`));
  const everything = npmSbom(root);
  const components = everything.components.filter(({ name, version }) => shipped.has(`${name}@${version}`));
  const listed = new Set(components.map(({ name, version }) => `${name}@${version}`));
  const missing = [...shipped].filter((each) => !listed.has(each));
  if (missing.length > 0) throw new Error(`npm sbom does not list what is shipped: ${missing.join(', ')}`);

  const { component, timestamp: _time, ...metadata } = everything.metadata;
  const { serialNumber: _serial, ...document } = everything;
  const refs = new Set([component['bom-ref'], ...components.map((each) => each['bom-ref'])]);
  return {
    ...document,
    // npm names it for the directory.
    metadata: { ...metadata, component: { ...component, name: 'portcullis' } },
    components,
    dependencies: everything.dependencies
      .filter(({ ref }) => refs.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
  };
}

function npmSbom(root: string): Sbom {
  // Not `--omit dev`: it leaves out production packages that development packages need as well, zod among them.
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--loglevel', 'error'];
  const output = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  });
  return JSON.parse(output) as Sbom;
}
