'use strict';
// A reporter: what a run of many files spent most of its time on, so that whoever adds a slow one sees it.

const path = require('node:path');

const SHOWN = 10;

module.exports = class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length <= SHOWN) return;
    const slowest = [...testResults].sort((one, other) => secondsOf(other) - secondsOf(one)).slice(0, SHOWN);
    const total = testResults.reduce((sum, each) => sum + secondsOf(each), 0);
    const part = slowest.reduce((sum, each) => sum + secondsOf(each), 0);
    const share = Math.round((100 * part) / Math.max(total, Number.EPSILON));
    const lines = slowest.map(
      (each) => `${secondsOf(each).toFixed(1).padStart(7)} s  ${path.relative(process.cwd(), each.testFilePath)}`,
    );
    console.log(`The ten slowest of ${testResults.length} files, ${share} % of all their time:\n${lines.join('\n')}`);
  }
};

/** As Jest measured it: the file alone, whatever ran beside it. */
function secondsOf({ perfStats: { runtime } }) {
  return runtime / 1000;
}
