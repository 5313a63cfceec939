'use strict';
// `npm run test:fuzz [-- INPUTS]`: every parser, the dispatcher and `portcullis verify` on many mutated inputs, 50,000 each unless
// told otherwise. `npm test` gives each 200.

const { spawnSync } = require('node:child_process');

const inputs = process.argv[2] ?? '50000';
if (!/^[1-9]\d*$/.test(inputs)) {
  console.error(`test:fuzz: "${inputs}" is not a number of inputs; write one such as 50000`);
  process.exit(2);
}
const { status } = spawnSync('jest', ['test/fuzz'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, PORTCULLIS_FUZZ_RUNS: inputs },
});
process.exit(status ?? 1);
