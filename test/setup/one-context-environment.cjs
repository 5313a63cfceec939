'use strict';
// Jest's environment for these tests: everything in the one context that Node has anyway, so that what is loaded once
// (shared-modules-runtime.cjs) and what tests make agree on what an Error or a Date is. What a file changes of the
// process is put back after it.
// Why: docs/decisions/0195-modules-are-loaded-once-a-worker.md

const vm = require('node:vm');
const { createRequire } = require('node:module');

// Of Jest's own dependencies, not of ours.
const requireFromJest = createRequire(require.resolve('jest/package.json'));
const { LegacyFakeTimers, ModernFakeTimers } = requireFromJest('@jest/fake-timers');
const { ModuleMocker } = requireFromJest('jest-mock');

/** Stands for the context that everything runs in: Jest asks for one, and Node gives none for its own. */
const here = vm.createContext();
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) => {
  if (options?.parsingContext !== here) return compileFunction(code, parameters, options);
  const importModuleDynamically = vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  return compileFunction(code, parameters, { ...options, parsingContext: undefined, importModuleDynamically });
};

module.exports = class OneContextEnvironment {
  constructor({ projectConfig: config }) {
    const { env, exitCode, exit } = process;
    const global = globalThis;
    this.before = { env: { ...env }, directory: process.cwd(), console: global.console, exitCode, exit };
    this.global = global;
    this.moduleMocker = new ModuleMocker(global);
    const timerConfig = { idToRef: (id) => id, refToId: (timer) => timer };
    this.fakeTimers = new LegacyFakeTimers({ config, global, moduleMocker: this.moduleMocker, timerConfig });
    this.fakeTimersModern = new ModernFakeTimers({ config, global });
  }

  setup() {
    return Promise.resolve();
  }

  teardown() {
    this.fakeTimersModern.dispose();
    const { env, directory, console, exitCode, exit } = this.before;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.chdir(directory);
    Object.assign(process, { exitCode, exit });
    globalThis.console = console;
    // Jest leaves the handlers of a file to its context, which goes with it elsewhere: the next file makes its own.
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    return Promise.resolve();
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return here;
  }
};
