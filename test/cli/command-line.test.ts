import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { version } from '../../package.json';
import { createProgram } from '../../src/cli/program';
import { runInstalledCli as runCli } from './run-cli';

test('prints the version and help with examples, and ends with 0', async () => {
  expect(await runCli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  const help = await runCli(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const word of ['plan', 'report', 'sandbox', 'Examples:', 'Exit codes:']) expect(help.stdout).toContain(word);
});

/** Every command that does something, with the words that call it. */
const COMMANDS = ((): readonly (readonly [string, Command])[] => {
  const below = (command: Command, path: readonly string[]): readonly (readonly [string, Command])[] => {
    const own = path.length > 0 && (command.commands.length === 0 || command.name() === 'sandbox');
    return [
      ...(own ? [[path.join(' '), command] as const] : []),
      ...command.commands
        .filter((each) => each.name() !== 'help')
        .flatMap((each) => below(each, [...path, each.name()])),
    ];
  };
  return below(createProgram(), []);
})();

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), writeErr: (part) => (text += part) });
  command.outputHelp();
  return text;
}

test('knows thirty commands and more', () => {
  expect(COMMANDS.length).toBeGreaterThan(29);
});

/** What they print is a script, or JSON by itself. */
const WITHOUT_JSON = ['completion', 'sandbox', 'sandbox press'];

test('every other command prints JSON for machines', () => {
  const without = COMMANDS.filter(([, { options }]) => !options.some(({ long }) => long === '--json'));
  expect(without.map(([path]) => path).sort()).toEqual(WITHOUT_JSON);
});

test.each(COMMANDS)('%s --help has examples', (path, command) => {
  const help = helpOf(command);
  expect(help).toMatch(/Examples?:\n {2}\$ /);
  expect(help).toContain(`portcullis ${path}`);
});

test.each([
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

test('shows the help on stderr without a command, and ends with 2', async () => {
  const { exitCode, stdout, stderr } = await runCli([]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: portcullis/);
});

test('has a stack trace only under PORTCULLIS_DEBUG', async () => {
  const args = ['report', '--findings', 'does-not-exist.json', '--out', 'y'];
  expect((await runCli(args)).stderr).not.toContain('    at ');
  expect((await runCli(args, { env: { PORTCULLIS_DEBUG: '1' } })).stderr).toContain('    at ');
});

test('does not let a file name play tricks on the terminal', async () => {
  const { stderr } = await runCli(['report', '--findings', 'x\u001b[31m\u0007', '--out', 'y']);
  expect(stderr).not.toMatch(/[\u001b\u0007]/);
});

test('ends quietly when nobody reads its output any more', async () => {
  const { exitCode, stderr } = await runCli(['--help'], { closeStdout: true });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('does not follow the tsconfig.json of the directory that it is called from', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'portcullis-cli-'));
  writeFileSync(join(cwd, 'tsconfig.json'), '{ "compilerOptions": { "paths": { "commander": ["./other"] } } }');
  writeFileSync(join(cwd, 'other.js'), 'process.exit(9)');
  expect(await runCli(['--version'], { cwd })).toMatchObject({ exitCode: 0, stderr: '' });
});

test.each([
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
