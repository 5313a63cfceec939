'use strict';

const { spawnSync } = require('node:child_process');

/**
 * Runs tests with as many generated cases as the command line says, and ends with jest's status; with 2 for what is no number.
 * @param command its name in package.json
 * @param what the cases are called
 * @param variable of the environment, by which the tests know how many
 */
function runManyCases({ command, what, usual, variable, jestArguments }) {
  const count = process.argv[2] ?? usual;
  if (!/^[1-9]\d*$/.test(count)) {
    console.error(`${command}: "${count}" is not a number of ${what}; write one such as ${usual}`);
    process.exit(2);
  }
  const { status } = spawnSync('jest', jestArguments, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, [variable]: count },
  });
  process.exit(status ?? 1);
}

module.exports = { runManyCases };
