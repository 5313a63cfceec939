import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');

/** Rule ids that ESLint reports for a text, as if it stood in the file (which must exist: the types come from it). */
function lint(file: string, text: string): readonly string[] {
  const { stdout } = spawnSync(join(BIN, 'eslint'), ['--stdin', '--stdin-filename', file, '--format', 'json'], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
  });
  const [result] = JSON.parse(stdout) as readonly { readonly messages: readonly { readonly ruleId: string }[] }[];
  return (result?.messages ?? []).map(({ ruleId }) => ruleId);
}

it('lint keeps the clock, dice, the process and fixed partitions out of the core', () => {
  const lines = [
    "export const arn = 'arn:aws:ec2:eu-central-1:111111111111:security-group/sg-1';",
    'export const now = new Date();',
    'export const then = Date.now();',
    'export const die = Math.random();',
    'export const env = process.env;',
    'export const parsed = new Date(0);',
  ];
  expect(lint('src/core/target.ts', `${lines.join('\n')}\n`)).toEqual([
    'no-restricted-syntax',
    'no-restricted-syntax',
    'no-restricted-properties',
    'no-restricted-properties',
    'no-restricted-globals',
  ]);
});

/** Stands for the installed ones: a link to them would lead out of the small project. */
const PACKAGES = Object.fromEntries(
  ['zod', '@aws-sdk/client-ec2'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'exports.z = 1;'],
  ]),
);

/** Names of the import rules that a small project breaks. */
function cruise(files: Readonly<Record<string, string>>): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-imports-'));
  for (const [file, text] of Object.entries({ ...PACKAGES, ...files })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  for (const shared of ['package.json', 'tsconfig.json']) symlinkSync(join(ROOT, shared), join(directory, shared));
  const args = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src'];
  const { stdout } = spawnSync(join(BIN, 'depcruise'), args, { cwd: directory, encoding: 'utf8' });
  const { summary } = JSON.parse(stdout) as {
    readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] };
  };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const LEAF = 'export const leaf = 1;\n';

it.each([
  ['Node in the core', { 'src/core/a.ts': "import 'node:fs';\n" }, 'core-imports-only-itself'],
  [
    'the flow in the core',
    { 'src/core/a.ts': "import '../flow/b';\n", 'src/flow/b.ts': LEAF },
    'core-imports-only-itself',
  ],
  [
    'an adapter in the flow',
    { 'src/flow/a.ts': "import '../aws/b';\n", 'src/aws/b.ts': LEAF },
    'flow-imports-only-core',
  ],
  ['the SDK in a handler', { 'src/handlers/a.ts': "import '@aws-sdk/client-ec2';\n" }, 'only-adapters-speak-to-aws'],
  [
    'the core in the sandbox',
    { 'src/sandbox/a.ts': "import '../core/b';\n", 'src/core/b.ts': LEAF },
    'sandbox-stands-alone',
  ],
  ['a circle', { 'src/core/a.ts': "import './b';\n", 'src/core/b.ts': "import './a';\n" }, 'no-cycles'],
  ['an orphan', { 'src/core/a.ts': LEAF }, 'no-orphans'],
])('the import rule refuses %s', (_name, files, rule) => {
  expect(cruise(files)).toContain(rule);
});

it('the import rule allows the house as it is drawn', () => {
  const files = {
    'src/core/a.ts': "import { z } from 'zod';\nexport const a = z;\n",
    'src/flow/ports.ts': "export type { a } from '../core/a';\n",
    'src/flow/b.ts': "import type { a } from './ports';\nexport type B = typeof a;\n",
    'src/aws/c.ts':
      "import type { a } from '../flow/ports';\nimport '@aws-sdk/client-ec2';\nexport type C = typeof a;\n",
    'src/handlers/d.ts': "import '../aws/c';\nimport type { B } from '../flow/b';\nexport type D = B;\n",
    'src/sandbox/e.ts':
      "import type { a } from '../core/a';\nimport '@aws-sdk/client-ec2';\nexport type E = typeof a;\n",
  };
  expect(cruise(files)).toEqual([]);
});
