'use strict';
// Jest's runtime for these tests: packages, sources and the sandbox are loaded by Node itself, once a worker, so that they
// are compiled once and stay optimized from file to file. What is below `test` is loaded anew for each file, and so are
// handlers, which read their environment while they are loaded.
// Why: docs/decisions/0195-modules-are-loaded-once-a-worker.md

const { createRequire, isBuiltin } = require('node:module');
const path = require('node:path');

// Of Jest's own dependencies, not of ours.
const { default: JestRuntime } = createRequire(require.resolve('jest/package.json'))('jest-runtime');
require('tsx/cjs');

const root = path.resolve(__dirname, '..', '..');
const LOADED_ANEW = ['test', path.join('src', 'handlers')].map((folder) => path.join(root, folder) + path.sep);

/** By folder and name of what is asked for; undefined for what only Jest can find. */
const found = new Map();

exports.__esModule = true;
exports.default = class SharedModulesRuntime extends JestRuntime {
  requireModuleOrMock(from, name) {
    const file = isBuiltin(name) ? undefined : find(from, name);
    const isShared = file !== undefined && !LOADED_ANEW.some((folder) => file.startsWith(folder));
    return isShared ? require(file) : super.requireModuleOrMock(from, name);
  }
};

function find(from, name) {
  const key = `${path.dirname(from)}\0${name}`;
  if (!found.has(key)) found.set(key, resolve(from, name));
  return found.get(key);
}

function resolve(from, name) {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}
