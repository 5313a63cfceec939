import { tmpdir } from 'node:os';
import { reasonOfFailedSynthesis } from '../../../src/cli/sandbox/reason-of-failed-synthesis';

/** As Node shows an error of a package that is minified: 4 KB of its source, and the error below. */
const MINIFIED = `/x/node_modules/aws-cdk-lib/core/lib/asset-staging.js:2\n${'const a=()=>{throw Error(1)};'.repeat(150)}\n    ^\n`;

test('a temporary directory that is full is named, with what to do', () => {
  const errors = `✘ [ERROR] Failed to write to output file: write /tmp/x/index.js: no space left on device\n${MINIFIED}`;
  expect(reasonOfFailedSynthesis(errors)).toBe(
    `no space is left in the temporary directory ${tmpdir()}; make room there, or let TMPDIR name another place`,
  );
});

test.each([
  [
    'the error below it',
    `${MINIFIED}\nError: there is no such Region\n    at x (y.js:1:1)\n`,
    'Error: there is no such Region; ',
  ],
  ['nothing but source', MINIFIED, '/x/node_modules/aws-cdk-lib/core/lib/asset-staging.js:2; '],
  ['nothing at all', '', 'it ended without a reason; '],
])("nobody's minified source is shown: %s", (_what, errors, reason) => {
  const said = reasonOfFailedSynthesis(errors);
  expect(said).toBe(`${reason}PORTCULLIS_DEBUG=1 shows all that it wrote`);
});
