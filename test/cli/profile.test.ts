import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program';
import { deploy, HUB, MEMBER, type Deployed } from '../end-to-end/deployed-portcullis';
import { operatorEnvironment } from './operator-cli';
import { runCli } from './run-cli';

let portcullis: Deployed;
let directory: string;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  directory = mkdtempSync(join(tmpdir(), 'portcullis-profile-'));
  const config = join(directory, 'config');
  writeFileSync(config, '[profile security]\nregion = eu-central-1\n[profile member]\nregion = eu-central-1\n');
  const credentials = join(directory, 'credentials');
  const keys = (account: string) => `aws_access_key_id = ${account}\naws_secret_access_key = any\n`;
  writeFileSync(credentials, `[security]\n${keys(HUB)}[member]\n${keys(MEMBER)}`);
  // Keys of somebody else are in the environment, and no Region.
  const somebody = operatorEnvironment(portcullis, { account: MEMBER });
  env = {
    ...Object.fromEntries(Object.entries(somebody).filter(([name]) => !/_REGION$/.test(name))),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
  };
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('--profile gives credentials and Region, and comes before what the environment says', async () => {
  const asked = await runCli(['brake', 'status', '--profile', 'security'], { env });
  expect(asked).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('error') as string });
  const member = await runCli(['brake', 'status', '--profile', 'member'], { env: { ...env, AWS_PROFILE: 'security' } });
  expect(member.exitCode).toBe(3);
  expect(member.stderr).toMatch(/yours are of account 222222222222/);
});

test('a profile that is not there is named', async () => {
  const { exitCode, stderr } = await runCli(['brake', 'status', '--profile', 'nobody', '--region', 'eu-central-1'], {
    env,
  });
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/error: .*; none come of the profile nobody$/m);
});

test('every command that works with a deployment knows --profile', () => {
  const lacking = createProgram()
    .commands.flatMap((command) => [command, ...command.commands])
    // `press` asks the sandbox alone.
    .filter((command) => command.name() !== 'press')
    .filter(({ options }) => options.some(({ long }) => long === '--prefix'))
    .filter(({ options }) => !options.some(({ long }) => long === '--profile'));
  expect(lacking.map((command) => command.name())).toEqual([]);
});
