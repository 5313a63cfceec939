import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { asff, remediation } from '../core/reporting/report-fixtures';
import { runCli } from './run-cli';

const FINDINGS = { Findings: [asff({ Workflow: { Status: 'RESOLVED' } }), asff({ id: 'other', control: 'S3.1' })] };

function directory(files: Readonly<Record<string, unknown>> = {}): string {
  const path = mkdtempSync(join(tmpdir(), 'portcullis-report-'));
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

test('writes the page and the tables and prints the figures', async () => {
  const cwd = directory({ 'findings.json': FINDINGS, 'ledger.json': [remediation()] });
  const args = ['report', '--findings', 'findings.json', '--ledger', 'ledger.json', '--out', 'deep/out'];
  const { exitCode, stdout, stderr } = await runCli(args, { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('1 check: 1 closed');
  expect(stdout).toContain('1 finding of other controls, which Portcullis does not close');
  expect(readdirSync(join(cwd, 'deep/out')).sort()).toEqual([
    'controls.csv',
    'findings.csv',
    'manifest.json',
    'remediations.csv',
    'report.html',
    'standards.csv',
  ]);
  expect(readFileSync(join(cwd, 'deep/out/report.html'), 'utf8')).toMatch(/^<!doctype html>/);
});

test('reads standard input and prints one JSON object', async () => {
  const cwd = directory();
  const args = ['report', '--findings', '-', '--out', 'out', '--format', 'csv', '--json'];
  const { exitCode, stdout } = await runCli(args, { cwd, input: JSON.stringify([asff()]) });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    checks: 1,
    byStatus: { open: 1 },
    notUnderstood: 0,
    files: ['out/findings.csv', 'out/controls.csv', 'out/standards.csv', 'out/manifest.json'],
  });
});

test.each([
  ['a list', [remediation()]],
  ['an object', { remediations: [remediation()] }],
  [
    'a scan of the ledger table',
    {
      Items: [
        { pk: { S: 'TARGET#x' }, sk: { S: 'CLAIM' } },
        {
          pk: { S: 'REMEDIATION#rem-0123456789abcdef' },
          sk: { S: 'RECORD' },
          document: { B: gzipSync(JSON.stringify(remediation())).toString('base64') },
        },
      ],
    },
  ],
])('takes the ledger as %s', async (_name, ledger) => {
  const cwd = directory({ 'findings.json': FINDINGS, 'ledger.json': ledger });
  const args = ['report', '--findings', 'findings.json', '--ledger', 'ledger.json', '--out', 'out', '--json'];
  expect(JSON.parse((await runCli(args, { cwd })).stdout)).toMatchObject({
    byStatus: { closed: 1 },
    otherControls: 1,
    notUnderstood: 0,
  });
});

test('counts an item of the ledger table that cannot be unpacked', async () => {
  const item = { pk: { S: 'REMEDIATION#x' }, sk: { S: 'RECORD' }, document: { B: 'AAAA' } };
  const good = { sk: { S: 'RECORD' }, document: { B: gzipSync(JSON.stringify(remediation())).toString('base64') } };
  const cwd = directory({ 'findings.json': [], 'ledger.json': { Items: [item, good] } });
  const args = ['report', '--findings', 'findings.json', '--ledger', 'ledger.json', '--out', 'out', '--json'];
  expect(JSON.parse((await runCli(args, { cwd })).stdout)).toMatchObject({ checks: 1, notUnderstood: 1 });
});

test.each([
  ['truncated', JSON.stringify(FINDINGS).slice(0, 500), /findings\.json is not JSON, it looks cut off: /],
  ['no JSON', 'Unable to locate credentials', /findings\.json is not JSON: /],
  ['empty', '\n', /findings\.json is empty/],
  ['of another kind', { Buckets: [] }, /holds no findings: expected \{"Findings":\[…\]\}/],
  ['a bare value', 'null', /holds no findings/],
])('refuses a file that is %s, with one line and exit code 2', async (_name, content, message) => {
  const cwd = directory({ 'findings.json': content });
  const { exitCode, stdout, stderr } = await runCli(['report', '--findings', 'findings.json', '--out', 'out'], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(readdirSync(cwd)).toEqual(['findings.json']);
});

test.each([
  [
    'not UTF-8',
    Buffer.from('7b2246696e64696e6773223a5b22ff225d7d', 'hex'),
    /findings\.json is not text in UTF-8; save/,
  ],
  [
    'what JSON has no word for',
    Buffer.from('{"Findings":[{"Id":NaN}]}'),
    /findings\.json: Findings\[0\] is not JSON: /,
  ],
  ['binary', Buffer.from([0, 1, 2, 3, 4]), /findings\.json is not JSON: /],
])('refuses a file that is %s', async (_name, content, message) => {
  const cwd = directory();
  writeFileSync(join(cwd, 'findings.json'), content);
  const { exitCode, stdout, stderr } = await runCli(['report', '--findings', 'findings.json', '--out', 'out'], { cwd });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});

test('reads what PowerShell wrote: UTF-16 with a byte order mark', async () => {
  const cwd = directory();
  const text = Buffer.from(`\ufeff${JSON.stringify(FINDINGS)}`, 'utf16le');
  writeFileSync(join(cwd, 'findings.json'), text);
  const args = ['report', '--findings', 'findings.json', '--out', 'out', '--json'];
  expect(JSON.parse((await runCli(args, { cwd })).stdout)).toMatchObject({ checks: 1 });
});

test.each([
  ['a file', 'findings.json', /cannot write to findings\.json: EEXIST.*; --out names another directory/],
  ['a place that takes none', '/proc/portcullis', /cannot write to \/proc\/portcullis: E[A-Z]+.*; --out names another/],
])('refuses %s as directory', async (_name, out, message) => {
  const cwd = directory({ 'findings.json': [] });
  const { exitCode, stderr } = await runCli(['report', '--findings', 'findings.json', '--out', out], { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) });
});

test('refuses a directory that cannot be made', async () => {
  const cwd = directory({ 'findings.json': [] });
  const { exitCode, stderr } = await runCli(['report', '--findings', 'findings.json', '--out', 'findings.json/out'], {
    cwd,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/cannot write to findings\.json\/out: ENOTDIR/);
});

test('a file that is longer than the memory is read a finding at a time, and nothing of it is held but what the report says', async () => {
  const Description = 'x'.repeat(20_000);
  const findings = Array.from({ length: 6_000 }, (_, i) =>
    asff({ id: `f${String(i)}`, group: `sg-${String(i)}`, Description }),
  );
  const cwd = directory({ 'findings.json': { Findings: findings } });
  expect(statSync(join(cwd, 'findings.json')).size).toBeGreaterThan(120_000_000);
  const env = { NODE_OPTIONS: '--max-old-space-size=80' };
  const args = ['report', '--findings', 'findings.json', '--out', 'out', '--json'];
  const { exitCode, stdout } = await runCli(args, { cwd, env });
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ checks: 6_000 });
});

test('several files are one report, in which a finding that two of them have counts once', async () => {
  const cwd = directory({ 'a.json': { Findings: [asff(), asff({ id: 'b', group: 'sg-2' })] }, 'b.json': [asff()] });
  const args = ['report', '--findings', 'a.json', 'b.json', '--out', 'out', '--json'];
  const { exitCode, stdout } = await runCli(args, { cwd });
  expect(exitCode).toBe(0);
  const said = JSON.parse(stdout) as { readonly checks: number; readonly remarks: readonly string[] };
  expect(said.checks).toBe(2);
  expect(said.remarks).toEqual(['1 finding is there more than once: of each, the latest counts.']);
});
