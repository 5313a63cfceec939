import path from 'node:path';
import { isPermissive } from '../../scripts/supply-chain/is-permissive';
import { shippedPackages } from '../../scripts/supply-chain/shipped-packages';
import { shippedSbom } from '../../scripts/supply-chain/shipped-sbom';

const ROOT = path.join(__dirname, '..', '..');

it.each([
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

it('every package in a Lambda bundle has a permissive licence', async () => {
  const shipped = await shippedPackages(ROOT);
  expect(shipped.map(({ name }) => name)).toEqual(expect.arrayContaining(['zod', '@aws-sdk/client-securityhub']));
  expect(shipped.filter(({ licence }) => !isPermissive(licence))).toEqual([]);
});

it('the SBOM lists what is in the bundles and nothing else, and the same commit gives the same document', async () => {
  const [shipped, sbom] = await Promise.all([shippedPackages(ROOT), shippedSbom(ROOT)]);
  expect(sbom.components.map(({ name, version }) => `${name}@${version}`).sort()).toEqual(
    shipped.map(({ name, version }) => `${name}@${version}`).sort(),
  );
  expect(await shippedSbom(ROOT)).toEqual(sbom);
});
