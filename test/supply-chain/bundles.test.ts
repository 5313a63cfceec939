import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleTogether, handlerNames, type BundleFacts } from '../../scripts/supply-chain/bundle-handler';
import { bytesByFile } from '../../scripts/supply-chain/shipped-packages';
import { bundlesOnce } from './bundles-once';

const ROOT = path.join(__dirname, '..', '..');
const MINUTES = 60_000;

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function newDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), 'portcullis-somewhere-else-'));
  directories.push(directory);
  return directory;
}

/** Copies what bundles are made of, and the manifests that decide which file an import means, and nothing else. */
function copySources(bundles: readonly BundleFacts[], from: string, to: string): void {
  const inputs = bundles.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const files = new Set(['tsconfig.json', 'package.json', ...inputs]);
  for (const file of files) {
    for (let above = path.dirname(file); above !== '.'; above = path.dirname(above)) {
      const manifest = path.join(above, 'package.json');
      if (existsSync(path.join(from, manifest))) files.add(manifest);
    }
  }
  for (const file of files) {
    mkdirSync(path.dirname(path.join(to, file)), { recursive: true });
    cpSync(path.join(from, file), path.join(to, file));
  }
}

function shippedFiles(bundle: BundleFacts): readonly string[] {
  return [...bytesByFile(bundle)].flatMap(([file, bytes]) => (bytes > 0 ? [file] : []));
}

let bundles: readonly BundleFacts[] = [];
beforeAll(async () => {
  bundles = await bundlesOnce();
});

function bundleOf(name: string): BundleFacts {
  const bundle = bundles.find((each) => each.name === name);
  if (bundle === undefined) throw new Error(`There is no bundle of ${name}.`);
  return bundle;
}

test('bundles are the same, byte for byte, from two copies of the tree under different paths', async () => {
  const [one, other] = [newDirectory(), path.join(newDirectory(), 'a', 'longer path')];
  // The second from the first: somebody may be working on the tree.
  copySources(bundles, ROOT, one);
  copySources(bundles, one, other);
  const names = handlerNames(ROOT);
  const hashes = await bundleTogether(one, names);
  expect([...hashes.keys()].sort()).toEqual(names);
  expect(await bundleTogether(other, names)).toEqual(hashes);
});

describe.each(handlerNames(ROOT))('the bundle of %s', (name) => {
  test('speaks English only: the languages of zod would be a third of it', () => {
    const languages = shippedFiles(bundleOf(name)).flatMap((file) => /zod\/.*locales\/(.+)\.js$/.exec(file)?.[1] ?? []);
    expect(languages).toEqual(['en']);
  });

  test('takes zod from src/core/zod-mini: one import of zod itself brings all of its methods along', () => {
    expect(shippedFiles(bundleOf(name)).filter((file) => file.includes('zod/v4/classic/'))).toEqual([]);
  });
});

test('the bundle of dispatcher holds nothing that judges addresses or plans: it only finds out what a finding is about', () => {
  const shipped = shippedFiles(bundleOf('dispatcher'));
  expect(shipped.filter((file) => /ipaddr\.js\/|src\/core\/planning\//.test(file))).toEqual([]);
});

/** Some 400 ms of start, where Slack waits for three seconds in all. */
const MOST_BYTES_OF_SLACK = 600_000;

test('the bundle of slack is small enough to start while somebody who clicked waits, and plans nothing', () => {
  const slack = bundleOf('slack');
  const sizes = [...bytesByFile(slack).values()];
  expect(sizes.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(MOST_BYTES_OF_SLACK);
  expect(shippedFiles(slack).filter((file) => /src\/core\/(planning|certificate|context)\//.test(file))).toEqual([]);
});

test(
  'the bundles that are read here are the ones that the stack deploys',
  () => {
    const assembly = newDirectory();
    // In a Region where a function makes the custom actions, with detection, a channel, buttons, reports and drills:
    // nowhere else are all of them deployed.
    const configuration = path.join(newDirectory(), 'portcullis.yaml');
    const example = readFileSync(path.join(ROOT, 'portcullis.example.yaml'), 'utf8');
    writeFileSync(
      configuration,
      `${example.replaceAll('eu-central-1', 'eu-west-1')}\ndetection: { cloudTrail: true }\nnotifications: { webhook: { url: https://example.com }, slack: { channel: C0123ABCD, approvers: [slack:U0456EFGH] }, email: { addresses: [a@example.com], digest: 'rate(1 day)' } }\nreports: { schedule: 'rate(1 day)' }\ndrill: { accounts: ['333333333333'], schedule: 'rate(7 days)' }\n`,
    );
    const synth = spawnSync(process.execPath, ['--require', 'tsx/cjs', path.join('stacks', 'app.ts')], {
      cwd: ROOT,
      env: { ...process.env, CDK_OUTDIR: assembly, PORTCULLIS_CONFIG: configuration },
      encoding: 'utf8',
    });
    expect(synth.stderr).not.toContain('Error');
    const deployed = readdirSync(assembly)
      .map((entry) => path.join(assembly, entry, 'index.js'))
      .filter((file) => existsSync(file))
      .map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
    expect(deployed.sort()).toEqual(bundles.map(({ sha256 }) => sha256).sort());
  },
  5 * MINUTES,
);
