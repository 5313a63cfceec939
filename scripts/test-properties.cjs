'use strict';
// `npm run test:properties [-- CASES]`: the promises of the planner and of certificates on many new cases, 10,000 a property unless told
// otherwise. `npm test` holds them on a few, the same in every run.

const { spawnSync } = require('node:child_process');

const cases = process.argv[2] ?? '10000';
if (!/^[1-9]\d*$/.test(cases)) {
  console.error(`test:properties: "${cases}" is not a number of cases; write one such as 10000`);
  process.exit(2);
}
const { status } = spawnSync('jest', ['core/(planning|certificate)/.*promises', '--testTimeout', '3600000'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
  env: { ...process.env, PORTCULLIS_PROPERTY_RUNS: cases },
});
process.exit(status ?? 1);
