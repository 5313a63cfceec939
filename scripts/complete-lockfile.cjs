'use strict';
// npm leaves optional packages of other platforms out of package-lock.json when the registry that it asked does not
// serve them (mirrors often hold one platform), and `npm ci` then refuses that lock file on every machine: "Missing: …
// from lock file". This puts them back, with the exact version that their parent names and the platform that their name
// says. Run it after every change of dependencies; `--check` only says what is missing.
// https://github.com/npm/cli/issues/4828

const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');

const lockFile = path.resolve(__dirname, '..', 'package-lock.json');

const OS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Entries that the lock file lacks, by location: `{ 'node_modules/@swc/core-win32-x64-msvc': {…} }`. */
function missingEntries(packages) {
  const missing = {};
  for (const [location, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isResolved(packages, location, name)) continue;
      const platform = platformOf(name);
      if (!platform || !/^\d+\.\d+\.\d+/.test(version)) {
        throw new Error(
          `${location} needs ${name}@${version}: cannot tell its platform or exact version, add it by hand`,
        );
      }
      missing[`node_modules/${name}`] = {
        version,
        cpu: [platform.cpu],
        ...(entry.dev ? { dev: true } : {}),
        ...(platform.libc ? { libc: [platform.libc] } : {}),
        optional: true,
        os: [platform.os],
      };
    }
  }
  return missing;
}

/** Node's own look-up: the package's own node_modules first, then those of every package around it. */
function isResolved(packages, location, name) {
  for (let around = location; ; around = around.slice(0, Math.max(0, around.lastIndexOf('/node_modules/')))) {
    if (packages[`${around ? `${around}/` : ''}node_modules/${name}`]) return true;
    if (!around) return false;
  }
}

/** `@swc/core-linux-arm-gnueabihf` → linux, arm, glibc. */
function platformOf(name) {
  const words = name.split('/').pop().split('-');
  const os = words.find((word) => OS.includes(word));
  const cpu = words.find((word) => CPU.includes(word));
  const abi = words.at(-1);
  if (!os || !cpu) return undefined;
  const libc = abi.startsWith('musl') ? 'musl' : abi.startsWith('gnu') && os === 'linux' ? 'glibc' : undefined;
  return { os, cpu, libc };
}

function main() {
  const lock = JSON.parse(readFileSync(lockFile, 'utf8'));
  const missing = missingEntries(lock.packages);
  const names = Object.keys(missing);
  if (names.length === 0) return;
  if (process.argv.includes('--check')) {
    console.error(
      `package-lock.json lacks ${names.length} optional packages, such as ${names[0]}; npm ci will refuse it.`,
    );
    console.error('Fix: node scripts/complete-lockfile.cjs');
    process.exitCode = 1;
    return;
  }
  const packages = { ...lock.packages, ...missing };
  lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
  console.error(`package-lock.json: added ${names.length} optional packages of other platforms`);
}

main();
