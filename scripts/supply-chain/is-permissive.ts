/** Licences that ask for no more than a notice: https://spdx.org/licenses/ */
const PERMISSIVE: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
  'Zlib',
]);

/**
 * Whether an SPDX expression lets everything be shipped with a notice and nothing else. One alternative of an `OR` is
 * enough, an `AND` needs all; what is not understood (`SEE LICENSE IN`, `WITH`, nested brackets) is not permissive.
 */
export function isPermissive(expression: string): boolean {
  const bare = expression.replace(/^\((.*)\)$/, '$1');
  return bare
    .split(' OR ')
    .some((alternative) => alternative.split(' AND ').every((licence) => PERMISSIVE.has(licence)));
}
