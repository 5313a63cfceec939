/** The tests against independent emulators: `npm run test:peers` starts the emulators and then jest with this. */
const base = require('./jest.config.js');

/** @type {import('jest').Config} */
module.exports = {
  ...base,
  roots: ['<rootDir>/test/peers'],
  testPathIgnorePatterns: ['/node_modules/'],
  // No two suites share an emulator that they change, and they wait more than they work.
  maxWorkers: 2,
};
