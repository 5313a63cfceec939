import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { writeAtOnce } from '../../src/cli/report/write-at-once';
import { writeWhole } from '../../src/report-files/write-whole';
import { asff } from '../core/reporting/report-fixtures';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../end-to-end/deployed-portcullis';
import { bundledCli } from './bundled-cli';
import { operatorEnvironment } from './operator-cli';
import { runCli } from './run-cli';
import { startCli } from './running-cli';

// What a command leaves when nobody reads it any more (`| head -1`), or somebody presses Ctrl-C.

const POLICY = join(__dirname, '..', '..', 'portcullis.example.yaml');
const PLACE = { account: MEMBER, region: 'us-east-1' };
const OPEN = {
  SecurityGroupRules: Array.from({ length: 40 }, (_, at) => ({
    ...{ SecurityGroupRuleId: `sgr-${String(at)}`, GroupId: `sg-0123456789abcde${String(at % 10)}`, IsEgress: false },
    ...{ IpProtocol: 'tcp', FromPort: at, ToPort: at, CidrIpv4: '0.0.0.0/0' },
  })),
};

let portcullis: Deployed;
let env: Readonly<Record<string, string>>;
let cwd: string;
let findingId: string;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  env = operatorEnvironment(portcullis);
  cwd = mkdtempSync(join(tmpdir(), 'portcullis-early-'));
  writeFileSync(join(cwd, 'rules.json'), JSON.stringify(OPEN));
  writeFileSync(
    join(cwd, 'findings.json'),
    JSON.stringify({ Findings: [asff({}), asff({ id: 'f2', group: 'sg-2' })] }),
  );
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  findingId = await portcullis.importFinding(group, 'EC2.13');
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(cwd, { recursive: true, force: true });
});

test.each([
  ['plan', ['plan', '--rules', 'rules.json', '--control', 'EC2.13', '--json']],
  ['report', ['report', '--findings', 'findings.json', '--out', 'read-by-nobody']],
  ['policy simulate', ['policy', 'simulate', '--findings', 'findings.json', '--policy', POLICY, '--json']],
  ['completion', ['completion', 'bash']],
  ['doctor', ['doctor', '--json', '--accounts', MEMBER]],
  ['scan', ['scan', '--json', '--accounts', MEMBER, '--regions', 'us-east-1']],
  ['context', ['context', 'FINDING', '--json']],
  ['exceptions list', ['exceptions', 'list']],
  ['brake status', ['brake', 'status', '--json']],
])('%s ends in silence where nobody reads it, without a stack', async (_, args) => {
  const typed = args.map((word) => (word === 'FINDING' ? findingId : word));
  expect(await runCli(typed, { env, cwd, closeStdout: true })).toMatchObject({ exitCode: 0, stderr: '' });
});

test('as a shell has it: the first line, and nothing of the rest', async () => {
  const [script = '', bundle = ''] = await bundledCli();
  const plan = `"${process.execPath}" "${script}" "${bundle}" plan --rules rules.json --control EC2.13 --json`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${plan} | head -1; echo "\${PIPESTATUS[0]}"`], {
    cwd,
    encoding: 'utf8',
  });
  const lines = stdout.trimEnd().split('\n');
  expect({ stderr, lines: lines.length, exitCode: lines[1] }).toEqual({ stderr: '', lines: 2, exitCode: '0' });
});

test('no command prints but by the stream whose end is heard', () => {
  const files = readdirSync('src/cli', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(100);
  const others = /console\.(log|info|error|warn)|writeSync\((1|2),|\/dev\/std(out|err)|stdout\.(end|destroy|pipe)/;
  expect(files.filter((file) => others.test(readFileSync(join('src/cli', file), 'utf8')))).toEqual([]);
});

test('a report that is interrupted leaves what was there before, and nothing of its own', async () => {
  const [out, temporary] = [join(cwd, 'out'), join(cwd, 'tmp')];
  for (const directory of [out, temporary]) mkdirSync(directory);
  writeFileSync(join(out, 'report.html'), 'of before');
  // Standard input that never ends.
  const args = ['report', '--findings', '-', '--out', out, '--format', 'html,json'];
  const running = startCli(args, { env: { TMPDIR: temporary } });
  while (!readdirSync(temporary).some((name) => name.startsWith('portcullis-capture-'))) await pause(20);
  const { exitCode, stdout, stderr } = await running.end('SIGINT');
  expect({ exitCode, stdout, stderr }).toEqual({
    exitCode: 130,
    stdout: '',
    stderr: `SIGINT: no report was written, and ${out} is as it was; the same command begins afresh\n`,
  });
  expect(readdirSync(out)).toEqual(['report.html']);
  expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('of before');
  expect(readdirSync(temporary).filter((name) => name.startsWith('portcullis-'))).toEqual([]);
});

test('files are moved when all are whole: one that fails leaves those of before', async () => {
  const directory = join(cwd, 'at-once');
  mkdirSync(join(directory, 'accounts'), { recursive: true });
  writeFileSync(join(directory, 'a'), 'of before');
  const write = (last: () => void) => (staging: string) => {
    writeFileSync(join(staging, 'a'), 'new');
    mkdirSync(join(staging, 'accounts'));
    writeFileSync(join(staging, 'accounts', 'b'), 'new');
    expect(existsSync(join(directory, 'accounts', 'b'))).toBe(false);
    last();
    return Promise.resolve(['a', 'accounts/b'].map((name) => join(staging, name)));
  };
  const fail = () => {
    throw new Error('no room left');
  };
  await expect(Promise.resolve().then(() => writeAtOnce(directory, write(fail)))).rejects.toThrow('no room left');
  expect(readdirSync(directory).sort()).toEqual(['a', 'accounts']);
  expect(readFileSync(join(directory, 'a'), 'utf8')).toBe('of before');
  expect(
    await writeAtOnce(
      directory,
      write(() => undefined),
    ),
  ).toEqual(['a', 'accounts/b'].map((name) => join(directory, name)));
  expect(readdirSync(directory).sort()).toEqual(['a', 'accounts']);
  expect(readFileSync(join(directory, 'a'), 'utf8')).toBe('new');
});

test('a signal is heard while a file is written, however long that takes', async () => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  function* chunks(): Generator<string> {
    for (let chunk = 0; chunk < 4; chunk++) {
      const until = performance.now() + 60;
      while (performance.now() < until);
      yield 'a chunk';
    }
  }
  try {
    expect(await writeWhole(join(cwd, 'slowly'), chunks())).toMatchObject({ bytes: 28 });
  } finally {
    clearInterval(timer);
  }
  expect(turns).toBeGreaterThanOrEqual(3);
});

test('doctor says with Ctrl-C how many checks were made, and that nothing was changed', async () => {
  const running = startCli(['doctor', '--accounts', MEMBER], { env });
  await running.says('clock');
  const { exitCode, stderr } = await running.end('SIGINT');
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(
    /^SIGINT: \d+ checks made, the others not; nothing was changed, and the same command begins afresh\n$/,
  );
});

test('npm start says that the sandbox is gone', async () => {
  const running = startCli(['start', '--out', join(cwd, 'started')]);
  await running.says('…');
  const { exitCode, stderr } = await running.end('SIGINT');
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(
    /\nSIGINT: the sandbox is gone with all that was in it, and .*started is as it was; .*afresh\n$/,
  );
});
