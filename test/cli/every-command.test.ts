import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program';

const ROOT = join(__dirname, '..', '..');
const sourceOf = (...file: readonly string[]): string => readFileSync(join(...file), 'utf8');

/** What takes every command by a list of its own, and plays none or each only once. */
const LISTS = [
  'bad-input.test.ts',
  'command-line.test.ts',
  'completion.test.ts',
  'every-command.test.ts',
  join('sandbox', 'every-command-once.test.ts'),
];

const TESTS = [__dirname, join(__dirname, '..', 'end-to-end')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !LISTS.includes(file))
    .map((file) => sourceOf(folder, file)),
);

test.each(createProgram().commands.map((command) => command.name()))('portcullis %s is run by a test', (name) => {
  expect(TESTS.some((source) => new RegExp(`('|\`portcullis )${name}\\b`).test(source))).toBe(true);
});

/** What the command itself and each one below it is called by, where it does something. */
function wordsOf(command: Command, path: readonly string[]): readonly string[] {
  const below = command.commands.filter((each) => each.name() !== 'help');
  const own = below.length === 0 || command.name() === 'sandbox' ? [path.join(' ')] : [];
  return [...own, ...below.flatMap((each) => wordsOf(each, [...path, each.name()]))];
}

describe('on the Node of the machine, whichever that is', () => {
  const FILES = ['test/cli/sandbox/every-command-once.test.ts', 'test/cli/start.test.ts'];
  const played = FILES.map((file) => sourceOf(ROOT, file)).join('\n');

  test.each(FILES)('%s is played', (file) => {
    expect(sourceOf(ROOT, 'jest.this-node.config.js')).toContain(`'**/${file}'`);
    expect(sourceOf(ROOT, '.ci', 'run')).toContain('PORTCULLIS_TESTS=this-node npm test');
  });

  test.each(createProgram().commands.flatMap((command) => wordsOf(command, [command.name()])))(
    'portcullis %s runs in a process of its own',
    (words) => {
      expect(played).toMatch(new RegExp(`(play\\(|start\\(\\[|runInstalledCli\\(\\[)'${words}'`));
    },
  );
});
