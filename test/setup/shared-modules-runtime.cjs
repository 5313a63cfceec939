'use strict';

const path = require('node:path');
const Module = require('node:module');
const JestRuntime = require('jest-runtime').default;
require('tsx/cjs');

const root = path.join(__dirname, '..', '..');
const own = [path.join(root, 'test') + path.sep, path.join(root, 'src', 'handlers') + path.sep];
const kept = new Map();

class SharedModulesRuntime extends JestRuntime {
  requireModuleOrMock(from, name) {
    if (Module.isBuiltin(name)) return super.requireModuleOrMock(from, name);
    const file = resolve(from, name);
    if (file === undefined || own.some((folder) => file.startsWith(folder))) return super.requireModuleOrMock(from, name);
    return require(file);
  }
}

function resolve(from, name) {
  const key = `${path.dirname(from)}\0${name}`;
  if (!kept.has(key)) {
    let file;
    try {
      file = Module.createRequire(from).resolve(name);
    } catch {
      file = undefined;
    }
    kept.set(key, file);
  }
  return kept.get(key);
}

module.exports = { default: SharedModulesRuntime, __esModule: true };
