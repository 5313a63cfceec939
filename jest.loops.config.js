/**
 * Every case, stop of a run, fault and permission by itself: `npm run test:loops`. They play what other files play a few
 * times, over and over (docs/decisions/0196-loops-are-a-command-of-their-own.md).
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
  ],
};
