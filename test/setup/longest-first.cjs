'use strict';
// Jest begins with the files that took the longest last time, so that all workers end together. Of a fresh clone it knows
// only sizes, and the files that play the most are small.

const { createRequire } = require('node:module');
const path = require('node:path');

// Of Jest's own dependencies, not of ours.
const requireFromJest = createRequire(require.resolve('jest/package.json'));
const { default: Sequencer } = requireFromJest('@jest/test-sequencer');

const LONGEST = [
  'cli/start.test.ts',
  'cli/sandbox/',
  'end-to-end/cases/',
  'end-to-end/permissions/',
  'end-to-end/',
  'supply-chain/',
].map((part) => path.join('test', part));

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    if (sorted.every(({ duration }) => duration !== undefined)) return sorted;
    return [...sorted].sort((one, other) => rankOf(one) - rankOf(other));
  }
};

function rankOf(test) {
  const rank = LONGEST.findIndex((part) => test.path.includes(part));
  return rank < 0 ? LONGEST.length : rank;
}
