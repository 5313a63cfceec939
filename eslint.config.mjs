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

// zod/mini alone has no words for what is wrong.
const zodMiniWithWords = {
  paths: [{ name: 'zod/mini', message: 'Import src/core/zod-mini, which gives it English messages.' }],
};

// China, GovCloud and the European Sovereign Cloud have partitions of their own.
const noFixedPartition = [
  { selector: 'Literal[value=/arn:aws:/]', message: 'Take the partition from the target or the stack.' },
  { selector: 'TemplateElement[value.raw=/arn:aws:/]', message: 'Take the partition from the target or the stack.' },
];

// What they export is documented, and their lines end at 120 columns; `src` brings the methods of its ports along.
const documentedFolders = ['bench', 'sandbox', 'scripts', 'src', 'stacks'];

export default tseslint.config(
  { ignores: ['node_modules/', 'cdk.out/', 'out/', 'dist/', 'coverage/', '.venv/'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // Numbers in sentences are what templates are for.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => void call()` says that the result does not matter; wanting braces around it says nothing more.
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      // `const { Tags: _tags, ...rest } = rule` is how a field is left out.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['src/core/zod-mini.ts'],
    rules: { 'no-restricted-imports': ['error', zodMiniWithWords] },
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
  {
    // Commands require what is heavy when they run, so that `--help` and the offline commands start at once. `import()`
    // would not do: in CommonJS it loads a second copy of the modules as ESM.
    files: ['src/cli/**/*.ts'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Test doubles satisfy asynchronous interfaces without waiting for anything.
      '@typescript-eslint/require-await': 'off',
      // expect(service.method) reads a method without calling it.
      '@typescript-eslint/unbound-method': 'off',
      // Jest's matchers (expect.any, expect.objectContaining) and it.each's rows are typed any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-console': 'off',
    },
  },
);
