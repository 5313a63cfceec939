import path from 'node:path';
import { isPermissive } from '../../scripts/supply-chain/is-permissive';
import { shippedPackages, type ShippedPackage } from '../../scripts/supply-chain/shipped-packages';
import { shippedSbom } from '../../scripts/supply-chain/shipped-sbom';
import { bundlesOnce } from './bundles-once';

const ROOT = path.join(__dirname, '..', '..');

test.each([
  ['MIT', true],
  ['Apache-2.0', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['MIT AND BSD-3-Clause', true],
  ['MIT AND GPL-3.0-only', false],
  ['AGPL-3.0-only', false],
  ['LGPL-2.1-or-later', false],
  ['MPL-2.0', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['UNLICENSED', false],
  ['', false],
])('the licence %p may be shipped: %p', (licence, may) => {
  expect(isPermissive(licence)).toBe(may);
});

describe('what is in the Lambda bundles', () => {
  let shipped: readonly ShippedPackage[] = [];
  beforeAll(async () => {
    shipped = shippedPackages(ROOT, await bundlesOnce());
  });

  test('has permissive licences, every package of it', () => {
    expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['zod', '@aws-sdk/client-securityhub']));
    expect(shipped.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
  });

  test('is what the SBOM lists, and the same commit gives the same document', () => {
    const sbom = shippedSbom(ROOT, shipped);
    expect(sbom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
      shipped.map(({ name, version }) => `${name}@${version}`).sort(),
    );
    expect(sbom.components.filter(({ hashes = [] }) => hashes.length === 0)).toEqual([]);
    expect(shippedSbom(ROOT, shipped)).toEqual(sbom);
  });

  test('cannot be missing in the lock file', () => {
    const unknown = { name: 'unheard-of', version: '1.0.0', licence: 'MIT', handlers: ['dispatcher'] };
    expect(() => shippedSbom(ROOT, [...shipped, unknown])).toThrow('unheard-of@1.0.0');
  });
});
