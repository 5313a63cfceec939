'use strict';
// `npm run test:peers`: holds the sandbox, the flow and the templates against independent emulators from PyPI.
// Makes a virtual environment (.venv/peers), starts the emulators on free loopback ports, runs jest with
// jest.peers.config.js and stops what it started. Arguments go to jest.
//
// The scanner, which has an environment of its own, takes minutes: it runs when it is named (`-- scanner`), or with
// PORTCULLIS_LONG=1; otherwise a line says that it was left out. AWS's engine of event patterns needs Java and Maven:
// where they are not to be had, a line says so, unless it is named (`-- event-ruler`).
//
// Ends with a line `N passed, N failed` and jest's status; with 4 when the emulators are not to be had (no Python, no
// PyPI), which is no pass.

const { spawn, spawnSync } = require('node:child_process');
const { existsSync, mkdtempSync, openSync, readFileSync, rmSync } = require('node:fs');
const net = require('node:net');
const { tmpdir } = require('node:os');
const path = require('node:path');
const { findChromium } = require('./peers/chromium.cjs');
const { ensureJavaLibraries } = require('./peers/java-libraries.cjs');
const { ensurePythonEnvironment } = require('./peers/python-environment.cjs');
const { Unavailable } = require('./peers/unavailable.cjs');

const HELP = `npm run test:peers [-- arguments of jest]
  (nothing)             all parts but the scanner
  -- conformance        one part: conformance, foreign, ministack, cfn-lint, event-ruler, browser
  -- scanner            Prowler, which takes minutes
Needs Python 3.11 or newer, and PyPI for the first run; ends with 4 where they are not to be had.
event-ruler needs a JDK, 11 or newer, and Maven for the first run, and browser a Chromium; they are left out where these are not to be
had, which a line says.`;

const NOT_TO_BE_HAD = 4;
const START_PATIENCE_MILLIS = 60_000;

const root = path.resolve(__dirname, '..');
const started = [];

const EMULATORS = { name: 'peers', requirements: 'requirements.txt', what: 'moto, ministack and cfn-lint' };
// Its list is complete as it is; what Prowler asks for beyond is for other clouds.
const SCANNER = {
  name: 'prowler',
  requirements: 'requirements-prowler.txt',
  what: 'Prowler',
  options: ['--no-deps'],
};

const AXE = { name: 'axe', requirements: 'requirements-axe.txt', what: 'axe-core', options: ['--no-deps'] };

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
async function start(name, { bin, logs }, toCommand) {
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
      throw new Unavailable(`${name} did not start: ${failure ?? 'it does not listen'}\n${readFileSync(log, 'utf8')}`);
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

function runJest(peers, result, args) {
  return new Promise((resolve) => {
    const jest = path.join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const own = ['--config', 'jest.peers.config.js', '--json', '--outputFile', result];
    const env = { ...process.env, ...peers };
    const child = spawn(process.execPath, [jest, ...own, ...args], { cwd: root, stdio: 'inherit', env });
    started.push(child);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function main() {
  const args = process.argv.slice(2);
  if (args.includes('--help')) {
    console.log(HELP);
    return 0;
  }
  const logs = mkdtempSync(path.join(tmpdir(), 'portcullis-peers-'));
  const scans = process.env.PORTCULLIS_LONG === '1' || args.some((arg) => arg.includes('scanner'));
  try {
    const bin = ensurePythonEnvironment(EMULATORS);
    const scanner = scans ? { PEERS_PROWLER_BIN: ensurePythonEnvironment(SCANNER) } : {};
    const ruler = eventRuler(args);
    const browser = browserOf(args);
    const result = path.join(logs, 'result.json');
    const peers = await startEmulators({ bin, logs }, scans);
    // Last: the option takes all texts that follow it.
    const without = [
      ...(scans ? [] : ['/peers/scanner/']),
      ...(ruler.leftOut ? ['/peers/event-ruler/'] : []),
      ...(browser.leftOut ? ['/peers/browser/'] : []),
    ];
    const ignored = ['--testPathIgnorePatterns', '/node_modules/', ...without];
    const environment = { ...peers, ...scanner, ...ruler.environment, ...browser.environment, PEERS_BIN: bin };
    const code = await runJest(environment, result, [...args, ...ignored]);
    if (!scans) {
      console.log(
        'scanner: skipped, it takes minutes; run npm run test:peers -- scanner, or all with PORTCULLIS_LONG=1',
      );
    }
    if (ruler.leftOut) {
      console.log(`event-ruler: SKIPPED, event patterns were not held against AWS's engine: ${ruler.leftOut}`);
    }
    if (browser.leftOut) console.log(`browser: SKIPPED, the page of a report was opened in none: ${browser.leftOut}`);
    // Jest writes none where it does not begin to test.
    if (!existsSync(result)) return code;
    const { numPassedTests = 0, numFailedTests = 0 } = JSON.parse(readFileSync(result, 'utf8'));
    console.log(`${numPassedTests} passed, ${numFailedTests} failed`);
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

/** Event Ruler as the test gets it, or why it is left out; who names it does not want it left out. */
function eventRuler(args) {
  try {
    return { environment: { PEERS_EVENT_RULER_CLASS_PATH: ensureJavaLibraries('event-ruler') } };
  } catch (error) {
    if (!(error instanceof Unavailable) || args.some((arg) => arg.includes('event-ruler'))) throw error;
    return { leftOut: error.message };
  }
}

/** The browser as the test gets it, or why it is left out; who names it does not want it left out. */
function browserOf(args) {
  try {
    const chromium = findChromium();
    const bin = ensurePythonEnvironment(AXE);
    const place =
      'import importlib.util as u; print(u.find_spec("axe_playwright_python").submodule_search_locations[0])';
    const { stdout } = spawnSync(path.join(bin, 'python'), ['-c', place], { encoding: 'utf8' });
    return { environment: { PEERS_CHROMIUM: chromium, PEERS_AXE: path.join(stdout.trim(), 'axe.min.js') } };
  } catch (error) {
    if (!(error instanceof Unavailable) || args.some((arg) => arg.includes('browser'))) throw error;
    return { leftOut: error.message };
  }
}

/** @returns where they listen, as the tests get it */
async function startEmulators(where, scans) {
  const moto = (port) => ({ command: 'moto_server', args: ['--host', '127.0.0.1', '--port', String(port)] });
  const ministack = (port) => ({
    command: 'ministack',
    args: [],
    env: { BIND_HOST: '127.0.0.1', GATEWAY_PORT: String(port) },
  });
  const emulators = {
    MOTO: moto,
    MOTO_WITH_IAM: moto,
    ...(scans ? { MOTO_SCANNED: moto } : {}),
    MINISTACK: ministack,
  };
  const urls = Object.entries(emulators).map(async ([name, toCommand]) => [
    `PEERS_${name}_URL`,
    await start(name, where, toCommand),
  ]);
  return Object.fromEntries(await Promise.all(urls));
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
