'use strict';
// `npm run test:peers`: holds the sandbox, the flow and the templates against independent emulators from PyPI.
// Makes a virtual environment (.venv/peers, once for each content of scripts/peers/requirements.txt), starts the emulators
// on free loopback ports, runs jest with jest.peers.config.js and stops what it started. Arguments go to jest.
//
// Ends with a line `N passed, N failed` and jest's status; with 4 when the emulators are not to be had (no Python, no PyPI), which is no pass.

const { spawn, spawnSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const path = require('node:path');

const NOT_TO_BE_HAD = 4;
const START_PATIENCE_MILLIS = 60_000;

const root = path.resolve(__dirname, '..');
const requirements = path.join(__dirname, 'peers', 'requirements.txt');
const environment = path.join(root, '.venv', 'peers');
const bin = path.join(environment, process.platform === 'win32' ? 'Scripts' : 'bin');
const started = [];

class Unavailable extends Error {}

function ensureEnvironment() {
  const stamp = path.join(environment, 'requirements.sha256');
  const wanted = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (read(stamp) === wanted) return;
  const startedAt = Date.now();
  console.error('test:peers: installing moto, ministack and cfn-lint from PyPI (once; a minute or two) …');
  rmSync(environment, { recursive: true, force: true });
  mkdirSync(path.dirname(environment), { recursive: true });
  const python = process.platform === 'win32' ? 'python' : 'python3';
  run(python, ['-m', 'venv', environment], `${python} with its venv module is needed (3.11 or newer)`);
  const install = ['install', '--quiet', '--disable-pip-version-check', '--requirement', requirements];
  run(path.join(bin, 'pip'), install, 'PyPI cannot be reached, or does not have these versions');
  // Last, so that an interrupted installation is begun anew.
  writeFileSync(stamp, wanted);
  console.error(`test:peers: installed in ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

function run(command, args, otherwise) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (error || status !== 0) throw new Unavailable(`${otherwise}: ${error?.message ?? `exit code ${status}`}`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts an emulator and waits until it listens. */
async function start(name, logs, toCommand) {
  const port = await freePort();
  const { command, args, env = {} } = toCommand(port);
  const log = path.join(logs, `${name}.log`);
  const out = openSync(log, 'w');
  const child = spawn(path.join(bin, command), args, {
    // A directory of its own: an emulator may write where it is started.
    cwd: logs,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
  });
  started.push(child);
  let failure;
  child.on('error', (error) => (failure = error.message));
  child.on('exit', (code) => (failure ??= `it ended with exit code ${code}`));
  const deadline = Date.now() + START_PATIENCE_MILLIS;
  while (!(await listens(port))) {
    if (failure || Date.now() > deadline) {
      throw new Unavailable(`${name} did not start: ${failure ?? 'it does not listen'}\n${read(log) ?? ''}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return `http://127.0.0.1:${port}`;
}

function listens(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function runJest(peers, result) {
  return new Promise((resolve) => {
    const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const report = ['--json', '--outputFile', result];
    const args = [jest, '--config', 'jest.peers.config.js', ...report, ...process.argv.slice(2)];
    const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...peers } });
    started.push(child);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function main() {
  const logs = mkdtempSync(path.join(tmpdir(), 'portcullis-peers-'));
  try {
    ensureEnvironment();
    const moto = (port) => ({ command: 'moto_server', args: ['--host', '127.0.0.1', '--port', String(port)] });
    const ministack = (port) => ({
      command: 'ministack',
      args: [],
      env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
    });
    const [open, enforcing, other] = await Promise.all([
      start('moto', logs, moto),
      start('moto-with-iam', logs, moto),
      start('ministack', logs, ministack),
    ]);
    const result = path.join(logs, 'result.json');
    const code = await runJest(
      {
        PEERS_MOTO_URL: open,
        PEERS_MOTO_WITH_IAM_URL: enforcing,
        PEERS_MINISTACK_URL: other,
        PEERS_BIN: bin,
      },
      result,
    );
    const { numPassedTests, numFailedTests } = JSON.parse(read(result) ?? '{}');
    console.log(`${numPassedTests ?? 0} passed, ${numFailedTests ?? 0} failed`);
    return code;
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.error(`test:peers: not run: ${error.message}`);
    return NOT_TO_BE_HAD;
  } finally {
    stopAll();
    rmSync(logs, { recursive: true, force: true });
  }
}

function stopAll() {
  for (const child of started) if (child.exitCode === null) child.kill();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopAll();
    process.exit(1);
  });
}

void main().then((code) => {
  process.exitCode = code;
});
