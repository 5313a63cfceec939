'use strict';
// Jest's own test runner, which reports a file when it is through. Without this it also sends every test's start and end
// to the parent by itself: three milliseconds a test in both, for a count in the last line of a terminal.

const { createRequire } = require('node:module');

// Of Jest's own dependencies, not of ours.
const { default: runWithCircus } = createRequire(require.resolve('jest/package.json'))('jest-circus/runner');

module.exports = (globalConfig, config, environment, runtime, testPath) =>
  runWithCircus(globalConfig, config, environment, runtime, testPath);
