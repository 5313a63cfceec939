import { execFileSync, spawnSync } from 'node:child_process';
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

const CASES: readonly (readonly [readonly string[], readonly string[]])[] = [
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
];

test.each(CASES)('bash offers for %j what the command line knows', (words, offered) => {
  expect(offeredByBash(words)).toEqual(expect.arrayContaining([...offered]));
});

test('bash knows the command once the script is read', () => {
  const script = `. ${join(directory, 'bash')}; complete -p portcullis`;
  const said = execFileSync('bash', ['--norc', '-c', script], { encoding: 'utf8' });
  expect(said).toBe('complete -o default -F _portcullis portcullis\n');
});

/** The others where they are on this machine: whoever has none is shown that they were left out. */
const isThere = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0'], { stdio: 'ignore' }).status === 0;
const inZsh = isThere('zsh') ? test : test.skip;
const inFish = isThere('fish') ? test : test.skip;

/** As zsh's completions of bash call the script; what begins otherwise zsh leaves out itself. */
const ZSH = `autoload -U compinit && compinit -u -D; . "$1"; shift
offered() {
  emulate -L sh; setopt kshglob noshglob braceexpand ksharrays
  local -a COMP_WORDS; COMP_WORDS=("$@"); local COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
  _portcullis; print -l -- "\${COMPREPLY[@]}"
}
offered "$@"`;

inZsh.each(CASES.slice(1, 4).map(([words, offered]) => [words.join(' '), words, offered] as const))(
  'zsh offers for "%s" what the command line knows',
  (_line, words, offered) => {
    const args = ['-f', '-c', ZSH, 'zsh', join(directory, 'zsh'), ...words];
    const lines = execFileSync('zsh', args, { encoding: 'utf8' }).split('\n');
    expect(lines).toEqual(expect.arrayContaining([...offered]));
  },
);

inFish.each(
  CASES.filter(([, offered]) => offered.join('') !== '').map(([words, offered]) => [words.join(' '), offered]),
)('fish offers for "%s" what the command line knows', (line: string, offered) => {
  const script = `source ${join(directory, 'fish')}; complete -C '${line}'`;
  const lines = execFileSync('fish', ['--no-config', '-c', script], { encoding: 'utf8' });
  const words = lines.split('\n').map((each) => each.split('\t')[0]);
  // Options are offered once one is begun.
  const wanted = [...offered].filter((word) => !word.startsWith('--') || /--\S*$/.test(line));
  expect(words).toEqual(expect.arrayContaining(wanted));
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
