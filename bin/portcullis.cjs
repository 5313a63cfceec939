#!/usr/bin/env node
'use strict';

const path = require('node:path');
require('../scripts/with-dependencies.cjs').ensureDependencies();

// tsx reads the tsconfig.json of the working directory, which may be anybody's.
process.env.TSX_TSCONFIG_PATH = path.join(__dirname, '..', 'tsconfig.json');
require('tsx/cjs');
delete process.env.TSX_TSCONFIG_PATH;

// stderr is for errors; which Node to run is for whoever maintains the machine, not for every command to say.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

void require('../src/cli/main.ts').main(process.argv.slice(2));
