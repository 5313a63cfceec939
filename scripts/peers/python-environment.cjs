'use strict';
// Virtual environments of Python with exact versions, made once for each content of their requirements.

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Unavailable } = require('./unavailable.cjs');

const root = path.resolve(__dirname, '..', '..');

/** Installs in seconds what takes pip a minute or more. */
const UV = 'uv==0.13.8';

/**
 * Makes `.venv/NAME` from `scripts/peers/REQUIREMENTS` unless it is there already.
 * @param environment what: what it holds, for the person who waits; options: further ones for the installer
 * @returns the directory of its commands
 */
function ensurePythonEnvironment({ name, requirements, what, options = [] }) {
  const directory = path.join(root, '.venv', name);
  const bin = path.join(directory, process.platform === 'win32' ? 'Scripts' : 'bin');
  const list = path.join(__dirname, requirements);
  const stamp = path.join(directory, 'requirements.sha256');
  // Commands in it name the directory where it was made.
  const made = [readFileSync(list, 'utf8'), options, directory];
  const wanted = createHash('sha256').update(JSON.stringify(made)).digest('hex');
  if (read(stamp) === wanted) return bin;
  const startedAt = Date.now();
  console.error(`test:peers: installing ${what} from PyPI (once) …`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(path.dirname(directory), { recursive: true });
  const python = process.platform === 'win32' ? 'python' : 'python3';
  run(python, ['-m', 'venv', directory], `${python} with its venv module is needed (3.11 or newer)`);
  install(directory, bin, ['--quiet', ...options, '--requirement', list]);
  // Last, so that an interrupted installation is begun anew.
  writeFileSync(stamp, wanted);
  console.error(`test:peers: installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
  return bin;
}

/** With uv where that works, else with pip, which knows settings that uv does not. Bytecode comes when it is needed. */
function install(directory, bin, args) {
  const pip = [path.join(bin, 'pip'), ['install', '--disable-pip-version-check', '--no-compile']];
  const withPip = (more) => tryRun(pip[0], [...pip[1], ...more]);
  if (withPip(['--quiet', UV]) === undefined) {
    const index = indexUrl(bin);
    const uv = ['pip', 'install', '--python', directory, ...(index ? ['--default-index', index] : []), ...args];
    if (tryRun(path.join(bin, 'uv'), uv) === undefined) return;
  }
  const failure = withPip(args);
  if (failure) throw new Unavailable(`PyPI cannot be reached, or does not have these versions: ${failure}`);
}

/** The index that pip is set to use, which uv does not read. */
function indexUrl(bin) {
  if (process.env.PIP_INDEX_URL) return process.env.PIP_INDEX_URL;
  const { status, stdout } = spawnSync(path.join(bin, 'pip'), ['config', 'get', 'global.index-url'], {
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : undefined;
}

function run(command, args, otherwise) {
  const failure = tryRun(command, args);
  if (failure) throw new Unavailable(`${otherwise}: ${failure}`);
}

/** Why it failed, undefined when it did not. */
function tryRun(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  return error || status !== 0 ? (error?.message ?? `exit code ${status}`) : undefined;
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

module.exports = { ensurePythonEnvironment };
