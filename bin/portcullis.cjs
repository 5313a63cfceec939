#!/usr/bin/env node
'use strict';

const path = require('node:path');
require('../scripts/with-dependencies.cjs').ensureDependencies();

// tsx reads the tsconfig.json of the working directory, which may be anybody's.
process.env.TSX_TSCONFIG_PATH = path.join(__dirname, '..', 'tsconfig.json');
require('tsx/cjs');
delete process.env.TSX_TSCONFIG_PATH;

void require('../src/cli/main.ts').main(process.argv.slice(2));
