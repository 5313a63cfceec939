import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ONE_ERROR_A_RULE } from './one-error-a-rule';

const ROOT = join(__dirname, '..', '..');
const OXLINT = join(ROOT, 'node_modules', '.bin', 'oxlint');

interface Report {
  readonly diagnostics: readonly {
    readonly filename: string;
    readonly code?: string;
    readonly message: string;
    readonly labels: readonly { readonly span: { readonly line: number } }[];
  }[];
}

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-lint-'));
  for (const shared of ['.oxlintrc.json', 'package.json', 'tsconfig.json', 'node_modules']) {
    symlinkSync(join(ROOT, shared), join(directory, shared));
  }
});

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** What `oxlint` objects to in one file, with this project's configuration: `line rule`. */
function lint(file: string, lines: readonly string[]): readonly string[] {
  mkdirSync(dirname(join(directory, file)), { recursive: true });
  writeFileSync(join(directory, file), lines.join('\n'));
  return diagnosticsOf(file)
    .map(({ labels, code, message }) => `${String(labels[0]?.span.line)} ${code ?? message}`)
    .sort((one, other) => Number.parseInt(one, 10) - Number.parseInt(other, 10) || (one < other ? -1 : 1));
}

function diagnosticsOf(path: string): Report['diagnostics'] {
  const { stdout } = spawnSync(OXLINT, ['--format', 'json', path], { cwd: directory, encoding: 'utf8' });
  return (JSON.parse(stdout) as Report).diagnostics;
}

const BROKEN = [
  "import { z } from 'zod/mini';",
  "import { EC2Client } from '@aws-sdk/client-ec2';",
  'declare function later(): Promise<void>;',
  'declare const untyped: any;',
  'declare const client: EC2Client;',
  "export function broken(kind: 'a' | 'b', name: string | undefined) {",
  '  later();',
  '  [1].forEach(async () => { await later(); });',
  '  if (client) console.log(z);',
  '  const assigned: string = untyped;',
  "  switch (kind) { case 'a': break; }",
  '  const loose = client.send;',
  "  if (assigned == 'x') return name!.length;",
  '  return [loose, untyped.field];',
  '}',
  'const unused = 1;',
  "export const one: number = 'one';",
  '// @ts-expect-error -- there is nothing to expect',
  'export const two: number = 2;',
  '// oxlint-disable-next-line eqeqeq -- there is nothing to disable',
  'export const three: number = 3;',
];

test('lint refuses what types show to be wrong, in imports of packages too', () => {
  expect(lint('src/flow/broken.ts', BROKEN)).toEqual([
    '1 eslint(no-restricted-imports)',
    '2 typescript(consistent-type-imports)',
    '4 typescript(no-explicit-any)',
    '6 typescript(explicit-module-boundary-types)',
    '7 typescript(no-floating-promises)',
    '8 typescript(no-misused-promises)',
    '9 eslint(no-console)',
    '9 typescript(no-unnecessary-condition)',
    '10 typescript(no-unsafe-assignment)',
    '11 typescript(switch-exhaustiveness-check)',
    '12 typescript(unbound-method)',
    '13 eslint(eqeqeq)',
    '13 typescript(no-non-null-assertion)',
    '14 typescript(no-unsafe-member-access)',
    '14 typescript(no-unsafe-return)',
    '16 eslint(no-unused-vars)',
    '17 typescript(TS2322)',
    '18 typescript(TS2578)',
    '20 Unused oxlint-disable directive (no problems were reported).',
  ]);
});

test('lint lets tests read methods, print and take what is typed any', () => {
  const lines = [
    'declare const untyped: any; // oxlint-disable-line typescript/no-explicit-any -- as matchers are',
    'declare class Service { method(): void }',
    "test('a', () => {",
    '  const assigned: string = untyped;',
    '  console.log(assigned);',
    '  expect(new Service().method).toBeDefined();',
    '});',
  ];
  expect(lint('test/flow/allowed.test.ts', lines)).toEqual([]);
});

describe('each rule of .oxlintrc.json', () => {
  const fileOf = (rule: string): string => `src/flow/one-error-a-rule/${rule.replace('/', '-')}.ts`;
  /** As it is in a report: `typescript(no-namespace)`. */
  const codeOf = (rule: string): string => {
    const [name = '', plugin = 'eslint'] = rule.split('/').reverse();
    return `${plugin}(${name})`;
  };

  let found: Report['diagnostics'];
  beforeAll(() => {
    for (const [rule, text] of Object.entries(ONE_ERROR_A_RULE)) {
      mkdirSync(dirname(join(directory, fileOf(rule))), { recursive: true });
      writeFileSync(join(directory, fileOf(rule)), text);
    }
    found = diagnosticsOf('src/flow/one-error-a-rule');
  });

  test('has a module that breaks it', () => {
    const text = readFileSync(join(ROOT, '.oxlintrc.json'), 'utf8').replaceAll(/^ *\/\/.*$/gm, '');
    const { rules } = JSON.parse(text) as { readonly rules: Readonly<Record<string, unknown>> };
    expect(Object.keys(ONE_ERROR_A_RULE)).toEqual(Object.keys(rules));
  });

  test.each(Object.keys(ONE_ERROR_A_RULE))('refuses it: %s', (rule) => {
    const codes = found.filter(({ filename }) => filename === fileOf(rule)).map(({ code }) => code);
    expect(codes).toContain(codeOf(rule));
  });
});
