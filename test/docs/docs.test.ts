import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { scripts } from '../../package.json';
import { createProgram } from '../../src/cli/program';

const ROOT = join(__dirname, '..', '..');
const IN_DOCS = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
const AT_THE_TOP = readdirSync(ROOT).filter((file) => file.endsWith('.md'));
const FILES = [
  ...AT_THE_TOP,
  'sandbox/README.md',
  ...IN_DOCS.filter((file) => file.endsWith('.md')).map((file) => join('docs', file)),
];

const textOf = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** The first groups of all matches. */
const matches = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, first = '']) => first);

/** Headings as GitHub makes anchors of them. */
function anchorsOf(file: string): readonly string[] {
  const text = textOf(file).replace(/```.*?```/gs, '');
  return matches(text, /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isDead(link: string, from: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? from : relative(ROOT, join(ROOT, dirname(from), path));
  return !existsSync(join(ROOT, file)) || (anchor !== undefined && !anchorsOf(file).includes(anchor));
}

test.each(FILES)('%s: every link leads somewhere', (file) => {
  const links = matches(textOf(file), /\]\((?!https?:)([^)]+)\)/g);
  expect(links.filter((link) => isDead(link, file))).toEqual([]);
});

/** What people read or copy: documents, configurations, sources with help, messages and notes. */
const WRITTEN = ['src', 'stacks', 'scripts', 'bin', 'sandbox', 'bench', 'ssm-documents'].flatMap((directory) =>
  readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|cjs|mjs|js|md|ya?ml|json)$/.test(file))
    .map((file) => join(directory, file)),
);
const AT_TOP = readdirSync(ROOT).filter((file) => /\.(md|ya?ml)$/.test(file) || file === 'package.json');

test('nothing that people read has them run `npx portcullis`: elsewhere it asks a public registry for a name that is not ours', () => {
  const files = [...new Set([...FILES, ...WRITTEN, ...AT_TOP])];
  expect(files.length).toBeGreaterThan(300);
  const bare = /\bn(px|pm exec|pm x)\b(?![^\n]*(asks|would))[^\n]*\bportcullis\b(?!\.(cjs|yaml))/;
  expect(files.filter((file) => bare.test(textOf(file)))).toEqual([]);
});

test.each(FILES)('%s: every command that it names is there', (file) => {
  const commands = createProgram().commands.map((command) => command.name());
  expect(matches(textOf(file), /npm run ([a-z:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
  const named = matches(textOf(file), /(?:bin\/|`|^ *|&& )portcullis(?:\.cjs)? (?!--)([a-z]+)/gm);
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
});

/** Commands with what is behind them, in code and between backticks, up to where something else begins. */
const CALLS = /(?:bin\/|`|^ *\$? ?|&& |AWS_PROFILE=\S+ )portcullis(?:\.cjs)? ((?:[^`\n|#&;>]|\\\n)*)/gm;

/** The options of a call that no command of that name has. */
function unknownOptions(call: string): readonly string[] {
  const words = call.replaceAll(/\\\n/g, ' ').trim().split(/\s+/);
  let command = createProgram();
  let depth = 0;
  for (; depth < words.length; depth++) {
    const below = command.commands.find((each) => each.name() === words[depth]);
    if (below === undefined) break;
    command = below;
  }
  if (depth === 0) return [];
  const known = new Set(['--help', ...command.options.flatMap(({ long }) => long ?? [])]);
  return words
    .filter((word) => /^--[a-z]/.test(word))
    .filter((word) => !known.has(word.split('=')[0]?.replace(/[.,:)]+$/, '') ?? ''));
}

test.each(FILES)('%s: every option of a command that it shows is there', (file) => {
  const calls = matches(textOf(file), CALLS);
  expect(calls.flatMap((call) => unknownOptions(call).map((option) => `${option} of ${call.trim()}`))).toEqual([]);
});

test('getting started is one page, and every step says what it shows', () => {
  const text = textOf('docs/getting-started.md');
  expect(text.split('\n').length).toBeLessThan(90);
  const steps = text.split(/^## /m).slice(1);
  expect(steps).toHaveLength(7);
  // Deploying shows nothing by itself: doctor does, in the same step.
  expect(steps.filter((step) => !/\*\*(It shows|They show)\*\*/.test(step))).toEqual([]);
  expect(steps.filter((step) => !/^ {4}\S/m.test(step))).toEqual([]);
});
