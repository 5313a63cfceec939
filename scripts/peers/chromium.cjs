'use strict';
// A Chromium of this machine, for the tests that open a page.

const { spawnSync } = require('node:child_process');
const { Unavailable } = require('./unavailable.cjs');

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** @returns the command of PORTCULLIS_CHROMIUM, or the first of the usual ones that answers */
function findChromium() {
  const asked = process.env.PORTCULLIS_CHROMIUM;
  const names = asked === undefined ? NAMES : [asked];
  const found = names.find((name) => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0);
  if (found === undefined) {
    throw new Unavailable(
      `no Chromium: none of ${names.join(', ')} starts; install one (Debian: apt-get install chromium), or name it in PORTCULLIS_CHROMIUM`,
    );
  }
  return found;
}

module.exports = { findChromium };
