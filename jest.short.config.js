/** All tests but the loops: `npm test`. `npx jest` alone plays both. */
const base = require('./jest.config.js');
const loops = require('./jest.loops.config.js');

/** @type {import('jest').Config} */
module.exports = { ...base, testMatch: [...base.testMatch, ...loops.testMatch.map((pattern) => `!${pattern}`)] };
