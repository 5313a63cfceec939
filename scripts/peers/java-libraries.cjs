'use strict';
// Libraries of Java with exact versions, fetched once for each content of their pom.

const { spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { Unavailable } = require('./unavailable.cjs');

const root = path.resolve(__dirname, '..', '..');

/** A goal of a plugin by its exact version: without one Maven takes whatever its own version brings. */
const COPY = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Copies what `scripts/peers/NAME/pom.xml` lists into `.venv/NAME`, unless it is there already.
 * @param name the folder of the pom, and of the copies
 * @returns a class path
 * @throws Unavailable where Java (11 or newer, with its compiler), Maven or Maven Central is not to be had
 */
function ensureJavaLibraries(name) {
  checkJava();
  const pom = path.join(__dirname, name, 'pom.xml');
  const directory = path.join(root, '.venv', name);
  const stamp = path.join(directory, 'pom.sha256');
  const wanted = createHash('sha256').update(readFileSync(pom)).digest('hex');
  if (read(stamp) === wanted) return path.join(directory, '*');
  console.error(`test:peers: fetching ${name} from Maven Central (once) …`);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const { failure } = call('mvn', ['-B', '-q', '-ntp', '-f', pom, COPY, `-DoutputDirectory=${directory}`]);
  if (failure) throw new Unavailable(`Maven is not to be had, or Maven Central cannot be reached: ${failure}`);
  // Last, so that an interrupted fetch is begun anew.
  writeFileSync(stamp, wanted);
  return path.join(directory, '*');
}

/** A program of one file is compiled as it is started: a JDK does that, a bare JRE does not. */
function checkJava() {
  const { failure, output } = call('java', ['--list-modules']);
  if (failure) throw new Unavailable(`Java 11 or newer is needed: ${failure}`);
  if (!output.includes('jdk.compiler')) throw new Unavailable('this Java has no compiler: a JDK is needed');
}

function call(command, args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' });
  const failure =
    error?.message ?? (status === 0 ? undefined : `exit code ${status}: ${(stdout + stderr).slice(-2_000)}`);
  return { failure, output: stdout };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

module.exports = { ensureJavaLibraries };
