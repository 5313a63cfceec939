import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { HANDLER_ENVIRONMENT, HANDLER_FILES } from '../../bench/handler-environment';
import { handlerNames } from '../../scripts/supply-chain/bundle-handler';
import { partsOf, sizeOf, type BundleParts } from '../../scripts/supply-chain/bundle-parts';
import recorded from './bundle-sizes.json';
import { bundleDirectory, bundlesOnce } from './bundles-once';

const ROOT = path.join(__dirname, '..', '..');
const RECORDED: Readonly<Record<string, BundleParts>> = recorded;
const MOST_GROWTH = 1.05;

/** Undefined where neither the whole bundle nor what is our own of it has grown by more than that. */
function growthOf(before: BundleParts, now: BundleParts): string | undefined {
  const grown = ([{ own: false }, { own: true }] as const).filter(
    (which) => sizeOf(now, which) > sizeOf(before, which) * MOST_GROWTH,
  );
  if (grown.length === 0) return undefined;
  const totals = grown.map((which) => {
    const [old, size] = [sizeOf(before, which), sizeOf(now, which)];
    return `${which.own ? 'own part' : 'bundle'} ${String(old)} → ${String(size)} bytes`;
  });
  const parts = Object.entries(now).map(
    ([name, bytes]) => `${name} ${String(bytes)} (${signed(bytes - (before[name] ?? 0))})`,
  );
  return `${totals.join(', ')}: ${parts.join(', ')}. If it is meant to be: npm run sizes`;
}

const signed = (bytes: number): string => `${bytes < 0 ? '' : '+'}${String(bytes)}`;

let sizes: ReadonlyMap<string, BundleParts> = new Map();
beforeAll(async () => {
  sizes = new Map((await bundlesOnce()).map((bundle) => [bundle.name, partsOf(bundle)]));
});

test('test/supply-chain/bundle-sizes.json has the size of every bundle, and of no other', () => {
  expect(Object.keys(RECORDED).sort()).toEqual(handlerNames(ROOT));
});

test.each(Object.entries(RECORDED))('the bundle of %s is at most 5 %% larger than was recorded', (name, before) => {
  expect(growthOf(before, sizes.get(name) ?? {})).toBeUndefined();
});

test.each([
  [{ SDK: 1000, zod: 50, 'src/core': 50 }, undefined],
  [{ SDK: 1000, zod: 50, 'src/core': 55 }, undefined],
  [{ SDK: 1000, zod: 50, 'src/core': 56 }, /^own part 100 → 106 bytes: .*src\/core 56 \(\+6\).*npm run sizes$/],
  [{ SDK: 1100, zod: 50, 'src/core': 50 }, /^bundle 1100 → 1200 bytes: SDK 1100 \(\+100\)/],
  [{ SDK: 900, zod: 50, 'src/flow': 60 }, /^own part 100 → 110 bytes: SDK 900 \(-100\).*src\/flow 60 \(\+60\)/],
])('of a bundle that becomes %p it says %p', (now, said) => {
  const growth = growthOf({ SDK: 1000, zod: 50, 'src/core': 50 }, now);
  if (said === undefined) expect(growth).toBeUndefined();
  else expect(growth).toMatch(said);
});

/** In one process, one after the other, with what Lambda gives to all of them. */
const LOAD = `
for (const file of process.argv.slice(1)) {
  if (typeof require(file).handler !== 'function') throw new Error(file + ' exports no handler');
}
`;

test('every bundle loads in Node alone, with the environment of its function, and exports a handler', () => {
  for (const [name, content] of Object.entries(HANDLER_FILES)) {
    writeFileSync(path.join(bundleDirectory(), name), JSON.stringify(content));
  }
  const files = handlerNames(ROOT).map((name) => path.join(bundleDirectory(), `${name}.js`));
  const env = { ...HANDLER_ENVIRONMENT, NODE_NO_WARNINGS: '1', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] };
  const { status, stderr } = spawnSync(process.execPath, ['--eval', LOAD, ...files], { encoding: 'utf8', env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
