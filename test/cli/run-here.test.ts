import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHere } from './run-here';

const MISSING = ['report', '--findings', 'does-not-exist.json', '--out', 'out'];
const PLAN = ['plan', '--rules', 'rules.json', '--control', 'EC2.13', '--json'];

const directories: string[] = [];
afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

/** A directory with one group in a file of the same name as in all of them. */
function directoryWith(GroupId: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'portcullis-run-here-'));
  directories.push(directory);
  writeFileSync(join(directory, 'rules.json'), JSON.stringify({ SecurityGroups: [{ GroupId, IpPermissions: [] }] }));
  return directory;
}

test('commands that run at once have an environment, streams and an exit code each', async () => {
  const [quiet, debugged, help] = await Promise.all([
    runHere(MISSING, {}),
    runHere(MISSING, { env: { PORTCULLIS_DEBUG: '1' } }),
    runHere(['--help'], {}),
  ]);
  expect({ exitCode: quiet.exitCode, stdout: quiet.stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(quiet.stderr).not.toContain('    at ');
  expect(debugged.stderr).toContain('    at ');
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toMatch(/^Usage: portcullis/);
  expect(process.env).not.toHaveProperty('PORTCULLIS_DEBUG');
});

test('commands that ask for other directories read the files of their own, and the directory is as before', async () => {
  const before = process.cwd();
  const [one, other] = await Promise.all(
    ['sg-00000001', 'sg-00000002'].map((id) => runHere(PLAN, { cwd: directoryWith(id) })),
  );
  expect(one?.stdout).toContain('sg-00000001');
  expect(other?.stdout).toContain('sg-00000002');
  expect(process.cwd()).toBe(before);
});

test('what a command reads from stdin is what it is given', async () => {
  const input = JSON.stringify({ SecurityGroups: [{ GroupId: 'sg-00000003', IpPermissions: [] }] });
  const { exitCode, stdout } = await runHere(['plan', '--rules', '-', '--control', 'EC2.13', '--json'], { input });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('sg-00000003');
});
