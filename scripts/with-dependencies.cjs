'use strict';
// Makes `npm start`, `npm test` and `node bin/portcullis.cjs` work from a fresh clone: installs the locked dependencies when they
// are missing or out of date, then runs the command it was given. Requires nothing that would have to be installed, and
// parses on any Node since 14, so that a Node that is too old gets a sentence and not a syntax error.
//
//   node scripts/with-dependencies.cjs jest --watch

const { spawn, spawnSync } = require('node:child_process');
const { readFileSync } = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '..');

// `npx -p node@24 npm start` hands its --package down by the environment, and every npx below (the CDK bundles with
// `npx esbuild`) would look for its command in that package alone.
delete process.env.npm_config_package;

/** Installs what package-lock.json names when node_modules differs from it. All output goes to stderr. */
function ensureDependencies() {
  requireNode();
  if (dependenciesAreCurrent(root)) return;
  console.error('portcullis: installing dependencies with npm ci (once; about a minute) …');
  const startedAt = Date.now();
  const npm = npmCommand();
  const { status, error } = spawnSync(
    npm.command,
    // Dev dependencies even under NODE_ENV=production: the tool runs from its TypeScript sources.
    [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    // npm's stdout goes to our stderr: stdout belongs to the command that follows, and may be read by a machine.
    { cwd: root, stdio: ['ignore', 2, 2], shell: npm.shell },
  );
  if (error || status !== 0) {
    const reason = error ? error.message : `it ended with exit code ${status}`;
    console.error(`portcullis: npm ci failed: ${reason}. Run it in ${root} to see why.`);
    process.exit(1);
  }
  console.error(`portcullis: dependencies installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`portcullis: needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(1);
}

/**
 * Whether every package of package-lock.json is what npm last installed. npm writes node_modules/.package-lock.json as
 * its last act, so an interrupted installation has none. File times would not do: a checkout changes them, and so would
 * a stamp of our own: it goes stale when somebody runs `npm ci` by hand.
 */
function dependenciesAreCurrent(directory) {
  const wanted = packagesOf(path.join(directory, 'package-lock.json'));
  const installed = packagesOf(path.join(directory, 'node_modules', '.package-lock.json'));
  if (!wanted || !installed) return false;
  return Object.entries(wanted).every(([location, entry]) => {
    // '' is the project itself; optional packages of other platforms are rightly absent.
    if (location === '' || (entry.optional && !installed[location])) return true;
    const found = installed[location];
    return found !== undefined && found.version === entry.version && found.integrity === entry.integrity;
  });
}

function packagesOf(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

function npmCommand() {
  const npmCli = process.env.npm_execpath;
  // Set by npm and npx themselves; other package managers set it to their own scripts.
  if (npmCli && /^np[mx]-cli\.js$/.test(path.basename(npmCli))) {
    return { command: process.execPath, args: [path.join(path.dirname(npmCli), 'npm-cli.js')], shell: false };
  }
  // On Windows npm is npm.cmd, which only a shell can start.
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function run(command, args) {
  const bin = path.join(root, 'node_modules', '.bin');
  const child = spawn(command, args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH}` },
  });
  // Ctrl-C reaches the child by itself (same process group); a signal sent to this process alone must be passed on.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`portcullis: cannot run ${command}: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (require('node:os').constants.signals[signal] ?? 0);
  });
}

module.exports = { ensureDependencies, dependenciesAreCurrent };

if (require.main === module) {
  const [command, ...args] = process.argv.slice(2);
  if (!command) {
    console.error('usage: node scripts/with-dependencies.cjs COMMAND [ARGUMENT…]');
    process.exit(2);
  }
  ensureDependencies();
  run(command, args);
}
