'use strict';
// `npm run test:properties [-- CASES]`: the promises of the planner and of certificates on many new cases, 10,000 a
// property unless set otherwise. `npm test` holds them on a few, the same in every run.

const { runManyCases } = require('./run-many-cases.cjs');

runManyCases({
  command: 'test:properties',
  what: 'cases',
  usual: '10000',
  variable: 'PORTCULLIS_PROPERTY_RUNS',
  jestArguments: ['core/(planning|certificate)/.*promises', '--testTimeout', '3600000'],
});
