import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SCRIPT = join(__dirname, '..', '..', 'scripts', 'with-dependencies.cjs');

const LOCK = {
  packages: {
    '': { name: 'portcullis' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b-darwin-arm64': { version: '1.0.0', optional: true },
  },
};

function areCurrent(installed: object | string | undefined): unknown {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-lock-'));
  writeFileSync(join(directory, 'package-lock.json'), JSON.stringify(LOCK));
  if (installed !== undefined) {
    mkdirSync(join(directory, 'node_modules'));
    const text = typeof installed === 'string' ? installed : JSON.stringify({ packages: installed });
    writeFileSync(join(directory, 'node_modules', '.package-lock.json'), text);
  }
  const code = `process.stdout.write(String(require(${JSON.stringify(SCRIPT)}).dependenciesAreCurrent(${JSON.stringify(directory)})))`;
  return JSON.parse(execFileSync(process.execPath, ['--eval', code], { encoding: 'utf8' }));
}

const a = { version: '1.0.0', integrity: 'sha512-a' };

test.each([
  ['are missing', undefined, false],
  ['were installed only half way', {}, false],
  ['have an unreadable lock file', '{', false],
  ['are of another version', { 'node_modules/a': { ...a, version: '0.9.0' } }, false],
  ['are of another content', { 'node_modules/a': { ...a, integrity: 'sha512-b' } }, false],
  ['are there, but for optional ones of other platforms', { 'node_modules/a': a }, true],
  ['hold more than is asked for', { 'node_modules/a': a, 'node_modules/c': a }, true],
])('dependencies that %s', (_name, installed, current) => {
  expect(areCurrent(installed)).toBe(current);
});

test('passes the exit code of the command on, and its arguments as they are', () => {
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [SCRIPT, process.execPath, '--eval', ...args], { encoding: 'utf8' });
  expect(run('process.stdout.write(process.argv[1])', 'a b "c"')).toBe('a b "c"');
  expect(() => run('process.exit(7)')).toThrow(expect.objectContaining({ status: 7 }));
});

test('does not hand the package of an npx around it down to an npx inside', () => {
  const code = 'process.stdout.write(String(process.env.npm_config_package))';
  const env = { ...process.env, npm_config_package: 'node@24' };
  expect(execFileSync(process.execPath, [SCRIPT, process.execPath, '--eval', code], { encoding: 'utf8', env })).toBe(
    'undefined',
  );
});
