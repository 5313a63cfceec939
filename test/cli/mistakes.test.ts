import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-mistakes-'));
  const keys = Array.from({ length: 22 }, (_, i) => `unknown${String(i)}: 1`);
  writeFileSync(join(directory, 'many.yaml'), keys.join('\n'));
  writeFileSync(join(directory, 'scenario.yaml'), 'scenarios: [{ name: x }]');
});
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

test.each([
  ['sandbox --config', ['sandbox', '--port', '0', '--config', 'many.yaml'], '--config many.yaml'],
  ['plan --policy', ['plan', '--rules', '-', '--control', 'EC2.13', '--policy', 'many.yaml'], '--policy many.yaml'],
])('many mistakes in a configuration come a line each, under one that counts them: %s', async (_name, args, what) => {
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: directory, input: '{"SecurityGroups":[]}' });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  const [head = '', ...mistakes] = stderr.trimEnd().split('\n');
  expect(head).toMatch(new RegExp(`^error: ${what} has \\d+ mistakes$`));
  expect(mistakes.length).toBe(Number(/\d+(?= mistakes)/.exec(head)?.[0]));
  expect(mistakes.filter((line) => /^ {2}unknown\d+: 1 is not a known key; /.test(line))).toHaveLength(22);
  expect(Math.max(...mistakes.map((line) => line.length))).toBeLessThan(400);
});

test('mistakes of a scenario are counted, too', async () => {
  const { exitCode, stderr } = await runCli(['sandbox', '--port', '0', '--scenario', 'scenario.yaml'], {
    cwd: directory,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /^error: scenario\.yaml has 4 mistakes; docs\/sandbox\.md has the format\n {2}scenarios\.0\.account/,
  );
});

test.each([
  ['show', ['show', 'rem-0123456789abcdef'], { AWS_ENDPOINT_URL: 'foo' }, 'AWS_ENDPOINT_URL: "foo" is not a URL'],
  [
    'report',
    ['report', '--out', 'out'],
    { AWS_ENDPOINT_URL_DYNAMODB: 'ftp://x' },
    'AWS_ENDPOINT_URL_DYNAMODB: "ftp://x" is',
  ],
  [
    'press',
    ['sandbox', 'press', 'Close ingress', 'f'],
    { AWS_ENDPOINT_URL: 'foo' },
    'AWS_ENDPOINT_URL: "foo" is not a URL',
  ],
])('an endpoint that is no URL is named with its variable: %s', async (_name, args, endpoint, message) => {
  const env = { AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', ...endpoint };
  const { exitCode, stdout, stderr } = await runCli(args, { cwd: directory, env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});
