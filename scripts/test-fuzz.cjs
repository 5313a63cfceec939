'use strict';
// `npm run test:fuzz [-- INPUTS]`: every parser, the dispatcher and `portcullis verify` on many mutated inputs, 50,000
// each unless set otherwise. `npm test` gives each 200.

const { runManyCases } = require('./run-many-cases.cjs');

runManyCases({
  command: 'test:fuzz',
  what: 'inputs',
  usual: '50000',
  variable: 'PORTCULLIS_FUZZ_RUNS',
  jestArguments: ['test/fuzz'],
});
