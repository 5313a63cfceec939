import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from '../../src/cli/program';
import { deploy, HUB, MEMBER, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, operatorEnvironment } from './operator-cli';
import { runCli } from './run-cli';

let portcullis: Deployed;
let directory: string;
let env: Readonly<Record<string, string>>;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  directory = mkdtempSync(join(tmpdir(), 'portcullis-profile-'));
  const [role] = (await portcullis.somebody(portcullis.hub, { actions: ['sts:GetCallerIdentity'] })).arn
    .split('/')
    .slice(-2);
  const config = join(directory, 'config');
  writeFileSync(
    config,
    `[profile security]
region = eu-central-1
[profile member]
region = eu-central-1
[profile taken-on]
source_profile = security
role_arn = arn:aws:iam::${HUB}:role/${role ?? ''}
role_session_name = alice
region = eu-central-1
[profile of-another]
source_profile = member
role_arn = arn:aws:iam::${HUB}:role/${role ?? ''}
region = eu-central-1
[profile process]
credential_process = echo '${JSON.stringify({ Version: 1, AccessKeyId: HUB, SecretAccessKey: 'any' })}'
region = eu-central-1
[profile broken-process]
credential_process = sh -c 'echo no vault here >&2; exit 7'
region = eu-central-1
[sso-session people]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
${['sso', 'sso-never']
  .map(
    (name) => `[profile ${name}]
sso_session = ${name === 'sso' ? 'people' : 'nobody'}
sso_account_id = ${HUB}
sso_role_name = Security
region = eu-central-1
`,
  )
  .join('')}[sso-session nobody]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-central-1
[profile sso-old]
sso_start_url = https://old.awsapps.com/start
sso_region = eu-central-1
sso_account_id = ${HUB}
sso_role_name = Security
region = eu-central-1
`,
  );
  // As `aws sso login` leaves it, hours later.
  const cache = join(directory, '.aws', 'sso', 'cache');
  mkdirSync(cache, { recursive: true });
  for (const key of ['people', 'https://old.awsapps.com/start']) {
    const file = join(cache, `${createHash('sha1').update(key).digest('hex')}.json`);
    writeFileSync(
      file,
      JSON.stringify({ accessToken: 'gone', expiresAt: '2026-01-01T00:00:00Z', region: 'eu-central-1' }),
    );
  }
  const credentials = join(directory, 'credentials');
  const keys = (account: string) => `aws_access_key_id = ${account}\naws_secret_access_key = any\n`;
  writeFileSync(credentials, `[security]\n${keys(HUB)}[member]\n${keys(MEMBER)}`);
  // Keys of somebody else are in the environment, and no Region.
  const somebody = operatorEnvironment(portcullis, { account: MEMBER });
  env = {
    ...Object.fromEntries(Object.entries(somebody).filter(([name]) => !/_REGION$/.test(name))),
    HOME: directory,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
  };
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

test('--profile gives credentials and Region, and comes before what the environment says', async () => {
  expect(await asked('security')).toMatchObject({
    exitCode: 0,
    stderr: expect.not.stringContaining('error') as string,
  });
  const member = await runCli(['brake', 'status', '--profile', 'member'], { env: { ...env, AWS_PROFILE: 'security' } });
  expect(member.exitCode).toBe(3);
  expect(member.stderr).toMatch(/yours are of account 222222222222/);
});

const asked = (profile: string, args: readonly string[] = ['brake', 'status']) =>
  runCli([...args, '--profile', profile], { env });

test('a profile with a role takes it on with the credentials of its source, and STS says who asks', async () => {
  const { stdout } = await asked('taken-on', ['doctor', '--json', '--accounts', MEMBER]);
  const [first] = stdout.split('\n');
  expect(first).toMatch(new RegExp(`arn:aws:sts::${HUB}:assumed-role/Somebody-\\d+/alice of account ${HUB}`));
});

test('a profile whose source may not take on the role is named, with what STS says', async () => {
  const result = await asked('of-another');
  expect(result.exitCode).toBe(3);
  expectOneLine(result, /AccessDenied.*sts:AssumeRole|not authorized to perform: sts:AssumeRole/);
});

test('a program may give the credentials, and one that fails is one line', async () => {
  expect(await asked('process')).toMatchObject({ exitCode: 0 });
  const result = await asked('broken-process');
  expect(result.exitCode).toBe(3);
  expectOneLine(result, /broken-process/);
});

test.each([['sso'], ['sso-never'], ['sso-old']])(
  'whose SSO session is over, or never began, learns how to begin one: --profile %s',
  async (profile) => {
    for (const args of [
      ['brake', 'status'],
      ['doctor', '--json'],
      ['report', '--out', join(directory, 'out')],
    ]) {
      const result = await asked(profile, args);
      expect(result.exitCode).toBe(3);
      expectOneLine(result, new RegExp(`aws sso login --profile ${profile}$`, 'm'));
      expect(result.stderr).not.toMatch(/corresponding|check --region/);
    }
  },
);

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
