'use strict';
// `npm run check`: every check of the project, one line each with its time; what a failing check printed comes after
// its line. All checks run, also after a failure: one run shows everything there is to fix.
//
//   --without-tests   leaves the tests to the caller, who has just run them (.ci/run does)
//   --only format,tests runs these alone

const { spawn } = require('node:child_process');
const { availableParallelism } = require('node:os');
const path = require('node:path');
const { parseArgs } = require('node:util');

const root = path.resolve(__dirname, '..');

// The slowest first, so that the others fit in beside them.
const CHECKS = [
  // TypeScript's own errors too, in the program that the rules need anyway: what it costs is in decision 0190.
  { name: 'types and lint', command: 'oxlint' },
  { name: 'house rules', command: 'eslint bench sandbox scripts src stacks --max-warnings 0' },
  { name: 'synth and cdk-nag', command: 'npm run --silent synth' },
  { name: 'import rule', command: 'depcruise bin sandbox src stacks scripts test --config .dependency-cruiser.cjs' },
  { name: 'dead code', command: 'knip --no-progress' },
  { name: 'format', command: 'prettier --check --log-level warn . --cache' },
  { name: 'generated files', command: 'node scripts/generate.cjs --check' },
  { name: 'lock file', command: 'node scripts/complete-lockfile.cjs --check' },
];
const TESTS = { name: 'tests', command: 'jest --silent --reporters=summary' };

/** Runs a command line; resolves with what it printed and how it ended. */
function run({ name, command }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, {
      shell: true,
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: `${path.join(root, 'node_modules', '.bin')}${path.delimiter}${process.env.PATH}` },
    });
    let output = '';
    const keep = (chunk) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('close', (code) => {
      resolve({ name, ok: code === 0, output, seconds: (performance.now() - startedAt) / 1000 });
    });
  });
}

function report({ name, ok, output, seconds }) {
  console.log(`${ok ? 'ok  ' : 'FAIL'}  ${name.padEnd(18)} ${seconds.toFixed(1).padStart(6)} s`);
  if (!ok) console.log(`\n${output.trim()}\n`);
}

/** As many at a time as there are cores, each reported as it ends. */
async function runAll(checks) {
  const waiting = [...checks];
  const results = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const result = await run(check);
      report(result);
      results.push(result);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, worker));
  return results;
}

function choose({ only, 'without-tests': withoutTests = false }) {
  const everything = [...CHECKS, TESTS];
  if (only === undefined) return { checks: CHECKS, tests: withoutTests ? [] : [TESTS] };
  const names = only.split(',');
  const unknown = names.filter((name) => !everything.some((check) => check.name === name));
  if (unknown.length > 0) {
    console.error(`no check named ${unknown.join(', ')}; there are ${everything.map(({ name }) => name).join(', ')}`);
    process.exit(2);
  }
  return {
    checks: CHECKS.filter(({ name }) => names.includes(name)),
    tests: names.includes(TESTS.name) ? [TESTS] : [],
  };
}

const OPTIONS = {
  'without-tests': { type: 'boolean' },
  only: { type: 'string' },
  help: { type: 'boolean' },
};

const HELP = `npm run check [-- options]
  (nothing)             every check, then the tests
  -- --without-tests    leaves the tests out
  -- --only format,tests  these alone: ${[...CHECKS, TESTS].map(({ name }) => name).join(', ')}`;

function parseOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    console.error(`check: ${error.message}; see --help`);
    process.exit(2);
  }
}

async function main() {
  const options = parseOptions();
  if (options.help) {
    console.log(HELP);
    return;
  }
  const { checks, tests } = choose(options);
  const results = await runAll(checks);
  // The tests measure time and start processes of their own: they get the machine to themselves.
  results.push(...(await runAll(tests)));
  const failed = results.filter(({ ok }) => !ok).map(({ name }) => name);
  console.log(failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

void main();
