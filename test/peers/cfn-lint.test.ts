import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeApp } from '../../src/cli/sandbox/synthesize-app';

interface Finding {
  readonly Rule: { readonly Id: string };
  readonly Level: string;
  readonly Message: string;
  readonly Filename: string;
  readonly Location: { readonly Path: readonly (string | number)[] };
}

/** Findings that stay, one by one: rule and resource, and why. One that no longer shows fails too. */
const JUSTIFIED: Readonly<Record<string, string>> = {
  'W3005 OrchestratorBundledFunction':
    'The CDK lists the role beside its policy, on which the function must wait: with both, permissions are there first.',
  'W3005 DispatcherBundledFunction': 'As above.',
};

const directory = mkdtempSync(join(tmpdir(), 'portcullis-cfn-lint-'));
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

test('cfn-lint finds nothing in the templates but what is justified', async () => {
  await synthesizeApp('portcullis.example.yaml', directory);
  const templates = readdirSync(directory).filter((file) => file.endsWith('.template.json'));
  expect(templates.length).toBeGreaterThan(2);
  const found = lint(templates.map((file) => join(directory, file)));
  process.stdout.write(`cfn-lint: ${templates.length} templates, ${found.length} findings, all justified\n`);
  expect([...new Set(found.map(keyOf))].sort()).toEqual(Object.keys(JUSTIFIED).sort());
}, 60_000);

function lint(files: readonly string[]): readonly Finding[] {
  const bin = process.env['PEERS_BIN'];
  if (bin === undefined) throw new Error('PEERS_BIN is not set: start these tests with "npm run test:peers"');
  const { stdout, stderr } = spawnSync(
    join(bin, 'cfn-lint'),
    ['--format', 'json', '--include-checks', 'I', '--', ...files],
    {
      encoding: 'utf8',
    },
  );
  if (!stdout.startsWith('[')) throw new Error(`cfn-lint failed: ${stderr}`);
  return JSON.parse(stdout) as readonly Finding[];
}

/** Logical ids without the hash that the CDK puts behind them. */
function keyOf({ Rule, Location }: Finding): string {
  return `${Rule.Id} ${String(Location.Path[1]).replace(/[0-9A-F]{8}$/, '')}`;
}
