/**
 * All tests but the loops, and but those that play once more what others play, for the Node that people have: `npm
 * test`. `npx jest` alone plays all of them. With PORTCULLIS_TESTS=this-node it is what `.ci/run` plays on that Node.
 */
const base = require('./jest.config.js');
const loops = require('./jest.loops.config.js');
const { ONCE_MORE, ...thisNode } = require('./jest.this-node.config.js');

const ELSEWHERE = [...loops.testMatch, ...ONCE_MORE];

/** @type {import('jest').Config} */
module.exports =
  process.env.PORTCULLIS_TESTS === 'this-node'
    ? thisNode
    : { ...base, testMatch: [...base.testMatch, ...ELSEWHERE.map((pattern) => `!${pattern}`)] };
