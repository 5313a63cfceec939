import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program';

/** What takes every command by a list of its own, and plays none. */
const LISTS = ['bad-input.test.ts', 'command-line.test.ts', 'completion.test.ts', 'every-command.test.ts'];

const TESTS = [__dirname, join(__dirname, '..', 'end-to-end')].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !LISTS.includes(file))
    .map((file) => readFileSync(join(folder, file), 'utf8')),
);

test.each(createProgram().commands.map((command) => command.name()))('portcullis %s is run by a test', (name) => {
  expect(TESTS.some((source) => new RegExp(`('|\`portcullis )${name}\\b`).test(source))).toBe(true);
});
