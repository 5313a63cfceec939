import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { version } from '../../package.json';
import { runInstalledCli as runCli } from './run-cli';

it('prints the version and help with examples, and ends with 0', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  const help = await runCli(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const word of ['plan', 'report', 'sandbox', 'Examples:', 'Exit codes:']) expect(help.stdout).toContain(word);
});

it.each(['plan', 'start', 'sandbox', 'sandbox press', 'report', 'remediate', 'undo', 'show', 'verify'])(
  '%s --help has examples',
  async (command) => {
    const help = await runCli([...command.split(' '), '--help']);
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toMatch(/Examples?:\n {2}\$ /);
  },
);

it.each([
  [['nonsense'], /unknown command 'nonsense' \(see portcullis --help\)/],
  [['reprot'], /Did you mean report\?/],
  [['report', '--findings', 'x'], /--out <dir>' not specified \(see portcullis report --help\)/],
  [['sandbox', 'press'], /missing required argument 'action' \(see portcullis sandbox press --help\)/],
  [['sandbox', 'pres', 'x'], /there is no command "sandbox pres"; there are "sandbox" alone and "sandbox press"/],
  [['plan', '--rules', '.', '--control', 'EC2.13'], /\. cannot be read: it is a directory; name a file$/m],
  [['report', '--findings', 'x', '--out', 'y', '--format', 'pdf'], /no format "pdf"; there are html, csv/],
  [
    ['report', '--findings', 'does-not-exist.json', '--out', 'y'],
    /does-not-exist\.json cannot be read: there is no such file or directory; check the path$/m,
  ],
])('%j is bad input: one line on stderr, exit code 2', async (args, message) => {
  const { exitCode, stdout, stderr } = await runCli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

it('shows the help on stderr without a command, and ends with 2', async () => {
  const { exitCode, stdout, stderr } = await runCli([]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: portcullis/);
});

it('has a stack trace only under PORTCULLIS_DEBUG', async () => {
  const args = ['report', '--findings', 'does-not-exist.json', '--out', 'y'];
  expect((await runCli(args)).stderr).not.toContain('    at ');
  expect((await runCli(args, { env: { PORTCULLIS_DEBUG: '1' } })).stderr).toContain('    at ');
});

it('does not let a file name play tricks on the terminal', async () => {
  const { stderr } = await runCli(['report', '--findings', 'x\u001b[31m\u0007', '--out', 'y']);
  expect(stderr).not.toMatch(/[\u001b\u0007]/);
});

it('ends quietly when nobody reads its output any more', async () => {
  const { exitCode, stderr } = await runCli(['--help'], { closeStdout: true });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

it('does not follow the tsconfig.json of the directory that it is called from', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  writeFileSync(join(cwd, 'tsconfig.json'), '{ "compilerOptions": { "paths": { "commander": ["./other"] } } }');
  writeFileSync(join(cwd, 'other.js'), 'process.exit(9)');
  expect(await runCli(['--version'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
});

it.each([
  [['--help']],
  [['plan', '--rules', '-', '--control', 'EC2.13']],
  [['report', '--findings', '-', '--out', 'y']],
])('%j loads neither the AWS SDK nor the CDK', async (args) => {
  const trace = join(mkdtempSync(join(tmpdir(), 'portcullis-cli-')), 'trace.cjs');
  writeFileSync(
    trace,
    `const { _load } = require('node:module');
       require('node:module')._load = function (request, ...rest) {
         if (/^(@aws|@smithy|aws-cdk-lib|constructs)/.test(request)) process.stderr.write('LOADED ' + request + '\\n');
         return _load.call(this, request, ...rest);
       };`,
  );
  const { stderr } = await runCli(args, { nodeArgs: ['--require', trace] });
  expect(stderr).not.toContain('LOADED');
});
