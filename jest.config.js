require('./scripts/quiet-sdk.cjs');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: '<rootDir>/test/setup/one-context-environment.cjs',
  runtime: '<rootDir>/test/setup/shared-modules-runtime.cjs',
  testRunner: '<rootDir>/test/setup/quiet-test-runner.cjs',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/setup/set-up.ts',
  // Kept between runs, on whatever Node: what was transformed, and how long each file took.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  reporters: ['default', '<rootDir>/test/setup/slowest-files.cjs'],
  testSequencer: '<rootDir>/test/setup/longest-first.cjs',
  // Needs Python and emulators from PyPI: npm run test:peers.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/peers/'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // The sandbox suites start processes of their own, and wait for them: three of them keep two cores busy.
  maxWorkers: 3,
  // A cold synthesis and three phases of every case fit in, on a machine that does something else too.
  testTimeout: 180_000,
};
