import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { completionsOf } from '../../src/cli/completion/completions-of';
import { renderCompletion, SHELLS } from '../../src/cli/completion/render-completion';
import { createProgram } from '../../src/cli/program';
import { runCli } from './run-cli';

const ALL = completionsOf(createProgram());

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-completion-'));
  for (const shell of SHELLS) writeFileSync(join(directory, shell), renderCompletion(shell, ALL));
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** What bash offers for the last of the words, with the script loaded. */
function offeredByBash(words: readonly string[]): readonly string[] {
  const script = `. ${join(directory, 'bash')}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portcullis; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const offered = execFileSync('bash', ['--norc', '-c', script, 'bash', ...words], { encoding: 'utf8' });
  return offered.trimEnd().split('\n');
}

test.each<readonly [readonly string[], readonly string[]]>([
  [['portcullis', 'pla'], ['plan']],
  [
    ['portcullis', 'brake', ''],
    ['status', 'release', '--help'],
  ],
  [['portcullis', 'plan', '--st'], ['--strategy']],
  [
    ['portcullis', 'plan', '--strategy', ''],
    ['close', 'revoke', 'restrict'],
  ],
  [['portcullis', 'plan', '--json', '--rules', ''], ['']],
  [['portcullis', 'brake', 'release', '--acc'], ['--account']],
  [['portcullis', 'completion', 'nonsense', '--he'], ['--help']],
])('bash offers for %j what the command line knows', (words, offered) => {
  expect(offeredByBash(words)).toEqual(expect.arrayContaining([...offered]));
});

test('bash offers nothing that another command knows', () => {
  expect(offeredByBash(['portcullis', 'verify', '--'])).not.toContain('--rules');
});

test('every command and option of the program is in the script of each shell', () => {
  for (const shell of SHELLS) {
    const script = renderCompletion(shell, ALL);
    const flags = ALL.flatMap(({ options }) =>
      options.map(({ flag }) => (shell === 'fish' ? `-l ${flag.slice(2)}` : flag)),
    );
    const names = ALL.flatMap(({ commands }) => commands.map(({ name }) => name));
    for (const word of [...flags, ...names]) expect(script).toContain(word);
  }
});

test('a description with a quote stays one word of fish', () => {
  const option = { flag: '--x', description: "the finding's \\ id", takesValue: true, choices: [] };
  const script = renderCompletion('fish', [{ path: 'portcullis', commands: [], options: [option] }]);
  expect(script).toContain(String.raw`-l x -r -d 'the finding\'s \\ id'`);
});

test('the command prints it, and refuses a shell that it does not know', async () => {
  expect(await runCli(['completion', 'bash'])).toMatchObject({ exitCode: 0, stdout: renderCompletion('bash', ALL) });
  expect(await runCli(['completion', 'tcsh'])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('bash, zsh, fish') as string,
  });
});
