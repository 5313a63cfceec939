import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';

const ROOT = join(__dirname, '..', '..');
const BIN = join(ROOT, 'node_modules', '.bin');

const PURITY_RULES = ['no-restricted-globals', 'no-restricted-properties', 'no-restricted-syntax'];

/** In a process of its own: Jest cannot load a configuration that is an ES module. */
const PRINT_CONFIGURATIONS = `
  const eslint = new (require('eslint').ESLint)();
  const configurations = process.argv.slice(1).map((file) => eslint.calculateConfigForFile(file));
  Promise.all(configurations).then((all) => console.log(JSON.stringify(all.map(({ rules }) => rules))));`;

/** The rules that are configured for each of these files. */
function rulesFor(...files: readonly string[]): readonly Linter.RulesRecord[] {
  const args = ['-e', PRINT_CONFIGURATIONS, ...files];
  const { stdout } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  return JSON.parse(stdout) as readonly Linter.RulesRecord[];
}

/** Rule ids that the purity rules configured for a file report on a text; those that need types are left out. */
function lint(file: string, text: string): readonly (string | null)[] {
  const [rules = {}] = rulesFor(file);
  const purity = Object.fromEntries(Object.entries(rules).filter(([rule]) => PURITY_RULES.includes(rule)));
  return new Linter().verify(text, { rules: purity }).map(({ ruleId }) => ruleId);
}

test('lint keeps the clock, dice, the process and fixed partitions out of the core', () => {
  const lines = [
    "export const arn = 'arn:aws:ec2:eu-central-1:111111111111:security-group/sg-1';",
    'export const now = new Date();',
    'export const then = Date.now();',
    'export const die = Math.random();',
    'export const env = process.env;',
    'export const parsed = new Date(0);',
  ];
  expect(lint('src/aws/system-clock.ts', lines.join('\n'))).toEqual(['no-restricted-syntax']);
  expect(lint('src/core/target.ts', `${lines.join('\n')}\n`)).toEqual([
    'no-restricted-syntax',
    'no-restricted-syntax',
    'no-restricted-properties',
    'no-restricted-properties',
    'no-restricted-globals',
  ]);
});

const { documentationRules } = jest.requireActual<{
  readonly documentationRules: (folders: readonly string[]) => Linter.Config[];
}>('../../scripts/documentation-rules.cjs');

/** What the rules for docstrings and columns object to once they hold for these folders: `line rule`. */
function lintDocumentation(folders: readonly string[], file: string, lines: readonly string[]): readonly string[] {
  const typescript: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser } };
  const messages = new Linter().verify(lines.join('\n'), [typescript, ...documentationRules(folders)], file);
  return messages.map(({ line, ruleId, message }) => `${line} ${ruleId ?? message}`);
}

const EXPORTS = [
  'export function declared() {}',
  'export class Kept { constructor() {} method() {} }',
  'export const arrow = () => 1;',
  'const late = () => 1;',
  'export { late };',
  '/** Says what it does. */',
  'export function documented() {}',
  'function inner() {}',
  'export const value = [inner].map((one) => one);',
  '// A plain comment is no docstring.',
  'export function remarked() {}',
];

test('lint refuses an exported function, class or arrow function without a docstring', () => {
  expect(lintDocumentation(['sandbox'], 'sandbox/runtime/sleep.ts', EXPORTS)).toEqual([
    '1 jsdoc/require-jsdoc',
    '2 jsdoc/require-jsdoc',
    '3 jsdoc/require-jsdoc',
    '4 jsdoc/require-jsdoc',
    '11 jsdoc/require-jsdoc',
  ]);
  expect(lintDocumentation(['sandbox'], 'stacks/app.ts', EXPORTS)).toEqual([]);
});

test('lint refuses a line of more than 120 columns, unless it ends with the address of a page', () => {
  const lines = [
    `// ${'x'.repeat(117)}`,
    `// ${'x'.repeat(118)}`,
    `const text = '${'x'.repeat(120)}';`,
    `// https://docs.aws.amazon.com/${'x'.repeat(120)}`,
  ];
  expect(lintDocumentation(['bench'], 'bench/run.ts', lines)).toEqual(['2 max-len', '3 max-len']);
});

test('lint refuses a method of a port without a docstring', () => {
  const lines = [
    'export interface Clock {',
    '  now(): number;',
    '  /** Milliseconds since the epoch. */',
    '  epoch(): number;',
    '  later: () => void;',
    '  readonly zone: string;',
    '}',
  ];
  expect(lintDocumentation(['src'], 'src/flow/ports/clock.ts', lines)).toEqual([
    '2 jsdoc/require-jsdoc',
    '5 jsdoc/require-jsdoc',
  ]);
  expect(lintDocumentation(['src'], 'src/flow/deciding/clock.ts', lines)).toEqual([]);
});

test('lint asks sandbox, scripts and bench for docstrings and lines of 120 columns', () => {
  const rules = rulesFor('sandbox/index.ts', 'scripts/generate-controls.ts', 'bench/run.ts');
  expect(rules).toHaveLength(3);
  for (const { 'jsdoc/require-jsdoc': docstrings, 'max-len': columns } of rules) {
    expect(docstrings).toEqual([2, expect.objectContaining({ publicOnly: true })]);
    expect(columns).toEqual([2, expect.objectContaining({ code: 120, ignoreUrls: true })]);
  }
});

/** Stands for the installed ones: a link to them would lead out of the small project. */
const PACKAGES = Object.fromEntries(
  ['zod', '@aws-sdk/client-ec2'].flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, 'exports.z = 1;'],
  ]),
);

/** What the import rule objects to in a small project: `rule: file`. */
function cruise(files: Readonly<Record<string, string>>): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-imports-'));
  for (const [file, text] of Object.entries({ ...PACKAGES, ...files })) {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  }
  for (const shared of ['package.json', 'tsconfig.json']) symlinkSync(join(ROOT, shared), join(directory, shared));
  const args = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'sandbox'];
  const { stdout } = spawnSync(join(BIN, 'depcruise'), args, { cwd: directory, encoding: 'utf8' });
  const { summary } = JSON.parse(stdout) as {
    readonly summary: {
      readonly violations: readonly { readonly rule: { readonly name: string }; readonly from: string }[];
    };
  };
  return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
}

test('the import rule refuses what crosses the walls', () => {
  const violations = cruise({
    'src/core/uses-node.ts': "import 'node:fs';\n",
    'src/core/uses-flow.ts': "import '../flow/uses-aws';\n",
    'src/core/circle.ts': "import './other-half';\n",
    'src/core/other-half.ts': "import './circle';\n",
    'src/core/orphan.ts': 'export const orphan = 1;\n',
    'src/core/certificate/evaluation/uses-planner.ts': "import '../../planning/plan';\n",
    'src/core/certificate/uses-type.ts':
      "import type { planned } from '../planning/plan';\nexport type Planned = typeof planned;\n",
    'src/core/certificate/uses-maker.ts': "import './making/from-records';\n",
    'src/core/certificate/making/from-records.ts': "import '../../planning/plan';\n",
    'src/core/planning/plan.ts': 'export const planned = 1;\n',
    'src/flow/uses-aws.ts': "import '../aws/adapter';\n",
    'src/aws/adapter.ts': 'export const adapter = 1;\n',
    'src/handlers/uses-sdk.ts': "import '@aws-sdk/client-ec2';\n",
    'sandbox/uses-core.ts': "import '../src/core/circle';\n",
    'src/flow/uses-sandbox.ts': "import '../../sandbox/uses-core';\n",
  });
  expect(violations).toEqual([
    'certificates-are-verified-independently: src/core/certificate/evaluation/uses-planner.ts',
    'certificates-are-verified-independently: src/core/certificate/uses-maker.ts',
    'certificates-are-verified-independently: src/core/certificate/uses-type.ts',
    'core-imports-only-itself: src/core/uses-flow.ts',
    'core-imports-only-itself: src/core/uses-node.ts',
    'flow-imports-only-core: src/flow/uses-aws.ts',
    'flow-imports-only-core: src/flow/uses-sandbox.ts',
    'no-cycles: src/core/circle.ts',
    'no-orphans: src/core/orphan.ts',
    'no-type-cycles: src/core/circle.ts',
    'only-adapters-speak-to-aws: src/handlers/uses-sdk.ts',
    'sandbox-is-started-by-the-cli: src/flow/uses-sandbox.ts',
    'sandbox-stands-alone: sandbox/uses-core.ts',
  ]);
});

test('the import rule allows the house as it is drawn', () => {
  const violations = cruise({
    'src/core/a.ts': "import { z } from 'zod';\nexport const a = z;\n",
    'src/flow/ports/index.ts': "export type { a } from '../../core/a';\n",
    'src/flow/b.ts': "import type { a } from './ports';\nexport type B = typeof a;\n",
    'src/aws/c.ts':
      "import type { a } from '../flow/ports';\nimport '@aws-sdk/client-ec2';\nexport type C = typeof a;\n",
    'src/handlers/d.ts': "import '../aws/c';\nimport type { B } from '../flow/b';\nexport type D = B;\n",
    'sandbox/e.ts':
      "import type { a } from '../src/core/a';\nimport '@aws-sdk/client-ec2';\nexport type E = typeof a;\n",
  });
  expect(violations).toEqual([]);
});
