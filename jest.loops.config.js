/**
 * Every case, stop of a run, fault and permission by itself, and what goes wrong on purpose: `npm run test:loops`. Loops
 * play over and over what other files play a few times (docs/decisions/0196-loops-are-a-command-of-their-own.md); the
 * rest is what nobody meets on a good day (docs/decisions/0187-what-goes-wrong-on-purpose-is-played-with-the-loops.md).
 */
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  testMatch: [
    '**/test/end-to-end/cases/*.test.ts',
    '**/test/end-to-end/faults-everywhere/*.test.ts',
    '**/test/end-to-end/permissions/*.test.ts',
    '**/test/end-to-end/stopped-runs/*.test.ts',
    '**/test/end-to-end/drill/{assumptions,killed}.test.ts',
    '**/test/end-to-end/price/*.test.ts',

    // Faults, races, lies, forgeries, and those who answer what they may not.
    '**/test/end-to-end/faults-of-asking/*.test.ts',
    '**/test/end-to-end/trust/*.test.ts',
    '**/test/end-to-end/{faults,lying-runbook,races}.test.ts',
    '**/test/end-to-end/detection/{forged,held-against,troubled}.test.ts',
    '**/test/end-to-end/slack/refused.test.ts',
    '**/test/cli/input/*.test.ts',
    '**/test/cli/{ends-early,sandbox/interrupted}.test.ts',

    // The same once more, elsewhere: other partitions, flow logs in S3, a second copy of the tree, by schedule, entries of
    // network ACLs without a number between them.
    '**/test/end-to-end/partitions.test.ts',
    '**/test/cli/sandbox/other-partition.test.ts',
    '**/test/end-to-end/drill/scheduled.test.ts',
    '**/test/end-to-end/network-acls/consecutive-numbers.test.ts',
    '**/test/end-to-end/flow-logs/{athena,policy-on-use,distinguished}.test.ts',

    // The bundles as they ship: all of them are made for it.
    '**/test/supply-chain/*.test.ts',
  ],
};
