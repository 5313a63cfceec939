/** The tests against independent emulators: `npm run test:peers` starts the emulators and then jest with this. */
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/peers'],
  testPathIgnorePatterns: ['/node_modules/'],
  // One after another: a suite counts what the emulators have seen, and the emulators need a core.
  maxWorkers: 1,
};
