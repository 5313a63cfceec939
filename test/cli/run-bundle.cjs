'use strict';
// Runs the command that test/cli/bundled-cli.ts bundled: node run-bundle.cjs BUNDLE ARGUMENT…
// What V8 compiled for a command is kept beside the bundle, by Node's version, and taken by the next run of the command.
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const vm = require('node:vm');

const [, , bundle, command = ''] = process.argv;
process.argv.splice(1, 2, bundle);
const kept = `${bundle}.${process.version}.${encodeURIComponent(command).slice(0, 20)}.cache`;
const cachedData = readIfThere(kept);
const script = new vm.Script(Module.wrap(readFileSync(bundle, 'utf8')), { filename: bundle, cachedData });
const place = Object.assign(new Module(bundle), { filename: bundle, paths: module.paths });
if (cachedData === undefined || script.cachedDataRejected) process.once('exit', keep);
script.runInThisContext()(place.exports, Module.createRequire(bundle), place, bundle, __dirname);

function readIfThere(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** The next run is only slower without it. */
function keep() {
  const fresh = `${kept}.${process.pid}`;
  try {
    writeFileSync(fresh, script.createCachedData());
    renameSync(fresh, kept);
  } catch {
    rmSync(fresh, { force: true });
  }
}
