#!/usr/bin/env node
'use strict';

const { accessSync, constants } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');
require('../scripts/with-dependencies.cjs').ensureDependencies();

// tsx reads the tsconfig.json of the working directory, which may be anybody's.
process.env.TSX_TSCONFIG_PATH = path.join(__dirname, '..', 'tsconfig.json');
if (!canWrite(tmpdir())) process.env.TSX_DISABLE_CACHE ??= '1';
require('tsx/cjs');
delete process.env.TSX_TSCONFIG_PATH;

// stderr is for errors.
require('../scripts/quiet-sdk.cjs');

void require('../src/cli/main.ts').main(process.argv.slice(2));

/** tsx fails where it cannot write its cache, as in a container with a read-only root. */
function canWrite(directory) {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
