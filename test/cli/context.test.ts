import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';

const PLACE = { account: MEMBER, region: 'us-east-1' };

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
});
afterAll(() => portcullis.stop());

const targetOf = ({ account, region, id }: Group) => `${account}/${region}/${id}`;

test('shows what is known about the target of a finding, and touches neither', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(22, 22, ANYWHERE)]);
  const instanceId = await portcullis.runInstance(group, 'web');
  const findingId = await portcullis.importFinding(group, 'EC2.13');
  const before = [await portcullis.rulesOf(group), await portcullis.findingOf(findingId)];

  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, ['context', findingId]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    group.id,
    `  attached: instance ${instanceId} (web, running) (1 network interface)`,
    expect.stringMatching(/^ {2}reachable: yes \(eni-\w+ \(18\.[\d.]+\)\)$/) as string,
    '  used: not known: portcullis.yaml names no flowLogs',
    `  other way in: no; open sessions end at once (no agent of Systems Manager is online on ${instanceId}, and no rule stays)`,
    expect.stringMatching(
      /^ {2}opened by: arn:aws:iam::\d+:root, .+, from 127\.0\.0\.1, with another tool \(sgr-\w+: AuthorizeSecurityGroupIngress, event /,
    ) as string,
    '  managed by: none-seen (no tag or name of CloudFormation, Terraform or Firewall Manager)',
    '  owner: not said (no tag names an owner or an environment)',
    '  account: workload-1, in ou-5a0d-workloads in r-5a0d (Organizations)',
    '',
  ]);
  expect([await portcullis.rulesOf(group), await portcullis.findingOf(findingId)]).toEqual(before);
});

test('shows it of a target by its place, as JSON with every fact', async () => {
  const group = await portcullis.openGroup(PLACE, [tcp(0, 65_535, ANYWHERE)]);
  const { exitCode, stdout } = await runAsOperator(portcullis, ['context', '--target', targetOf(group), '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    attached: { known: true, value: { count: 0 }, evidence: ['0 network interfaces'] },
    reachable: { known: true, value: { answer: 'no', through: [] } },
    used: { known: false },
    otherWayIn: { known: true, value: { answer: 'not-needed' } },
    openedBy: { known: true },
    managedBy: { known: true },
    owner: { known: true },
    account: { known: true },
  });
});

test('says that nothing is open where nothing is', async () => {
  const group = await portcullis.openGroup(PLACE, []);
  const answer = await runAsOperator(portcullis, ['context', '--target', targetOf(group)]);
  expect(answer.exitCode).toBe(1);
  expectOneLine(answer, /Nothing on it is open to the internet that a control forbids/);
});

test.each([
  ['nothing', [], /name either a finding or --target/],
  ['both', ['f', '--target', `${MEMBER}/us-east-1/sg-0123456789abcdef0`], /name either a finding or --target/],
  ['a finding that nobody knows', ['unknown'], /Security Hub knows no finding unknown/],
  ['what is no target', ['--target', 'sg-1'], /write ACCOUNT\/REGION\/ID/],
  ['a group that is gone', ['--target', `${MEMBER}/us-east-1/sg-0123456789abcdef0`], /does not exist any more/],
])('refuses %s', async (_, args, message) => {
  const answer = await runAsOperator(portcullis, ['context', ...args]);
  expect(answer.exitCode).toBe(2);
  expectOneLine(answer, message);
});
