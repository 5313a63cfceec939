import tseslint from 'typescript-eslint';
import { documentationRules } from './scripts/documentation-rules.cjs';

// What would tie a pure module to a machine, a moment or a die.
const impureGlobals = [
  'process',
  'Buffer',
  'console',
  'require',
  'module',
  '__dirname',
  '__filename',
  'global',
  'globalThis',
  'fetch',
  'crypto',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
].map((name) => ({ name, message: 'src/core is pure: pass in what it needs.' }));

const clockAndDice = [
  { object: 'Date', property: 'now', message: 'Pass the time in.' },
  { object: 'Math', property: 'random', message: 'Pass ids and randomness in.' },
];

const noClockOfItsOwn = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Pass the time in.' },
  { selector: "CallExpression[callee.name='Date']", message: 'Pass the time in.' },
];

// China, GovCloud and the European Sovereign Cloud have partitions of their own.
const noFixedPartition = [
  { selector: 'Literal[value=/arn:aws:/]', message: 'Take the partition from the target or the stack.' },
  { selector: 'TemplateElement[value.raw=/arn:aws:/]', message: 'Take the partition from the target or the stack.' },
];

// What they export is documented, and their lines end at 120 columns; `src` brings the methods of its ports along.
const documentedFolders = ['bench', 'sandbox', 'scripts', 'src', 'stacks'];

// Types and the rules of typescript-eslint are oxlint's (.oxlintrc.json): no rule is in both.
export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', 'out/', 'dist/', 'coverage/', '.venv/'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  {
    files: ['sandbox/**/*.ts', 'src/**/*.ts', 'stacks/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...noFixedPartition] },
  },
  ...documentationRules(documentedFolders),
  {
    files: ['src/core/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': ['error', ...clockAndDice],
      'no-restricted-syntax': ['error', ...noFixedPartition, ...noClockOfItsOwn],
    },
  },
  {
    // A durable execution is replayed: a clock or a die of the flow's own would answer differently the second time.
    files: ['src/flow/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndDice],
      'no-restricted-syntax': ['error', ...noFixedPartition, ...noClockOfItsOwn],
    },
  },
);
