import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateSecurityGroupCommand, CreateTagsCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import type { DrillStep } from '../../../src/core/drill/drill-step';
import { expectOneLine, operatorEnvironment, runAsOperator } from '../../cli/operator-cli';
import { runCli } from '../../cli/run-cli';
import { startCli } from '../../cli/running-cli';
import { deploy, MEMBER, type Deployed } from '../deployed-portcullis';
import { drillInProcess, DRILL_PLACE, leftOvers } from './drill-in-process';

let portcullis: Deployed;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-drill-'));
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(async () => {
  await portcullis.stop();
  rmSync(directory, { recursive: true, force: true });
});

const drill = ['drill', '--account', MEMBER, '--region', DRILL_PLACE.region];

const stepsIn = (text: string): readonly DrillStep[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as DrillStep);

const CHAIN = [
  'open',
  'finding',
  'user-defined fields',
  'close',
  'undo',
  'close again',
  'fields of others',
  'certificates',
];

test('shows every step of the chain with its time, writes report and certificates, and leaves nothing', async () => {
  const out = join(directory, 'whole');
  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, [...drill, '--yes', '--json', '--out', out]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const steps = stepsIn(stdout);
  expect(steps.map(({ step, status }) => `${step}: ${status}`)).toEqual(
    ['security group', 'numbers', 'lists of maps', 'repeated token', 'unknown rule, default', ...CHAIN, 'clean'].map(
      (step) => `${step}: ok`,
    ),
  );
  const close = steps.find(({ step }) => step === 'close');
  expect(Object.keys(close?.times ?? {})).toEqual(['decided', 'runsAndReadBack', 'whole']);
  expect(close?.millis).toBeGreaterThan(0);

  const report = JSON.parse(readFileSync(join(out, 'drill.json'), 'utf8')) as { readonly steps: unknown };
  expect(report).toMatchObject({ account: MEMBER, region: 'us-east-1', control: 'EC2.13' });
  expect(report.steps).toEqual(steps);
  const verified = await runCli(['verify', join(out, 'certificates.json')]);
  expect(verified.exitCode).toBe(0);
  expect(verified.stdout.match(/^holds /gm)).toHaveLength(3);
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('plays a network ACL for EC2.21, in a VPC that was named, and prints a table', async () => {
  const vpc = await portcullis.openVpc(DRILL_PLACE);
  const { exitCode, stdout } = await runAsOperator(portcullis, [
    ...drill,
    '--control',
    'EC2.21',
    '--vpc',
    vpc,
    '--yes',
  ]);
  expect(exitCode).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.every((line) => /^ok {8,}\d+\.\d s {2}/.test(line))).toBe(true);
  expect(lines.filter((line) => line.includes('unknown rule '))).toHaveLength(1);
  expect(stdout).toMatch(new RegExp(`network ACL +acl-\\w+ in ${vpc}\n`));
  expect(stdout).toMatch(/clean +removed 2 of 2, archived 1 findings\n$/);
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('leaves the first closing to the policy where it is automatic, and says where nothing comes of that', async () => {
  const automatic = await drillInProcess(portcullis, { control: 'EC2.14', closedBy: 'policy' });
  await automatic.play();
  expect(automatic.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(automatic.steps.find(({ step }) => step === 'close')?.found).toMatch(/^closed \(policy: EC2\.14 automatic\)/);
  expect(automatic.steps.find(({ step }) => step === 'close again')?.found).toMatch(
    /^closed \(portcullis remediate by /,
  );
  await automatic.clean('own');
});

test.each(['EC2.19', 'EC2.53', 'EC2.54'] as const)('%s can be drilled as well', async (control) => {
  const other = await drillInProcess(portcullis, { control });
  await other.play();
  expect(other.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
  await other.clean('own');
});

test('waits for reads of EC2 that lag behind what was just made or changed', async () => {
  await portcullis.misbehave({ kind: 'stale', service: 'ec2', account: MEMBER, seconds: 1 });
  try {
    const late = await drillInProcess(portcullis, { control: 'EC2.21' });
    await late.play();
    expect(late.steps.filter(({ status }) => status !== 'ok')).toEqual([]);
    await portcullis.behave();
    await late.clean('own');
  } finally {
    await portcullis.behave();
  }
});

test('refuses an account that is none for drills before it asks or makes anything', async () => {
  const result = await runAsOperator(portcullis, [
    'drill',
    '--account',
    '444444444444',
    '--region',
    'us-east-1',
    '--yes',
  ]);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expectOneLine(
    result,
    /--account: 444444444444 is no account for drills.*name it in drill\.accounts.*deploy Portcullis-Drill-444444444444/,
  );
});

test.each([
  ['no account', ['drill', '--account', '12', '--region', 'us-east-1'], /--account: "12" is no account id/],
  ['no Region', ['drill', '--account', MEMBER, '--region', 'here'], /--region: "here" is no Region/],
  [
    'a control that nobody can drill',
    [...drill, '--control', 'EC2.18'],
    /--control: "EC2\.18" cannot be drilled; write one of/,
  ],
  ['no VPC', [...drill, '--vpc', 'here'], /--vpc: "here" is no id of a VPC/],
  ['nobody to ask', drill, /attached to nothing, opens one \(tcp 22 from 0\.0\.0\.0\/0\).*say --yes to go on/],
])('refuses %s', async (_, args, message) => {
  const result = await runAsOperator(portcullis, args);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expectOneLine(result, message);
});

test('a VPC that is not there is a failed step, with what to do', async () => {
  const { exitCode, stdout } = await runAsOperator(portcullis, [
    ...drill,
    '--vpc',
    'vpc-0123456789abcdef0',
    '--yes',
    '--json',
  ]);
  expect(exitCode).toBe(1);
  expect(stepsIn(stdout)[0]).toMatchObject({
    step: 'security group',
    status: 'failed',
    found: `there is no vpc-0123456789abcdef0 in ${MEMBER}/us-east-1`,
    fix: expect.stringContaining('--vpc') as string,
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle: what was made is removed all the same', async (signal) => {
  const running = startCli([...drill, '--yes'], { env: operatorEnvironment(portcullis) });
  await running.says('  open  ');
  expect(await leftOvers(portcullis)).not.toEqual([]);
  const { exitCode, stdout, stderr } = await running.end(signal);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr: `${signal}: what the drill has made is removed …\nerror: the drill was interrupted, and shows nothing as a whole\n`,
  });
  expect(stdout).not.toContain('FAILED');
  expect(stdout).toMatch(/clean +removed (\d) of \1, archived \d findings\n$/);
  await portcullis.settle();
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('where nobody reads it any more, as behind `| head -1`, what was made is removed all the same', async () => {
  const { exitCode, stderr } = await runCli([...drill, '--yes'], {
    env: operatorEnvironment(portcullis),
    closeStdout: true,
  });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 3,
    stderr:
      'SIGPIPE: what the drill has made is removed …\nerror: the drill was interrupted, and shows nothing as a whole\n',
  });
  await portcullis.settle();
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('killed outright it leaves what --clean removes', async () => {
  const running = startCli([...drill, '--yes'], { env: operatorEnvironment(portcullis) });
  await running.says('  finding  ');
  await running.end('SIGKILL');
  const left = await leftOvers(portcullis);
  expect(left.filter((each) => each.startsWith('Portcullis-drill/'))).toHaveLength(1);
  await portcullis.settle();
  const { exitCode, stdout } = await runAsOperator(portcullis, [...drill, '--clean']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^ok .* clean +removed (\d) of \1, archived 1 findings\n$/);
  expect(await leftOvers(portcullis)).toEqual([]);
});

test('touches nothing that it did not make: a tag alone makes no group one of drills, and what others use stays', async () => {
  const ec2 = portcullis.clients.ec2(DRILL_PLACE);
  const Tags = [{ Key: 'portcullis:drill', Value: 'drill-0123456789ab' }];
  const theirs: string[] = [];
  // The second one is named almost as drills name what they make.
  for (const GroupName of ['theirs', 'Portcullis-drill-theirs']) {
    const made = await ec2.send(new CreateSecurityGroupCommand({ GroupName, Description: 'Of somebody' }));
    theirs.push(made.GroupId ?? '');
  }
  await ec2.send(new CreateTagsCommand({ Resources: theirs, Tags }));

  const interrupted = await drillInProcess(portcullis, {}, async (name, call) => {
    const answer = await call();
    // Somebody takes the new group for one of theirs.
    if (name === 'make') {
      const { value } = answer as {
        readonly value: { readonly id: string; readonly account: string; readonly region: string };
      };
      await portcullis.attachInterface({ ...value, arn: '' });
    }
    return answer;
  });
  await interrupted.play();
  const [group, ...others] = interrupted.steps;
  expect(group?.status).toBe('ok');
  expect(others.map(({ status }) => status)).not.toContain('ok');
  expect(others[0]?.found).toMatch(/is attached to eni-\w+, by somebody else; it is left alone/);

  const { exitCode, stdout } = await runAsOperator(portcullis, [...drill, '--clean', '--json']);
  expect(exitCode).toBe(1);
  const [clean] = stepsIn(stdout);
  for (const id of theirs)
    expect(clean?.found).toMatch(new RegExp(`${id} was not made by drill-0123456789ab; it is left alone`));
  expect(clean?.found).toMatch(/is attached to eni-\w+, by somebody else/);
  const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: theirs }));
  expect(SecurityGroups).toHaveLength(2);
});
