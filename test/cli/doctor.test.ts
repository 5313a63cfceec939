import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { DisableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CreateAutomationRuleCommand, DeleteActionTargetCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { ListTopicsCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Check } from '../../src/flow/doctor/check';
import type { TemplateJson } from '../end-to-end/assembly';
import { deploy, HUB, MEMBER, type Deployed } from '../end-to-end/deployed-portcullis';
import { expectOneLine, runAsOperator } from './operator-cli';
import type { CliResult } from './run-cli';

let portcullis: Deployed;
let asHub: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping', edit: withoutAlarmEmail });
  const { endpoint, hub } = portcullis;
  asHub = { endpoint, region: hub.region, credentials: { accessKeyId: HUB, secretAccessKey: 'any' } };
});
afterAll(() => portcullis.stop());

/** As without `alarmEmail` in its configuration. */
function withoutAlarmEmail({ Resources }: TemplateJson): void {
  const subscribed = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::SNS::Subscription');
  for (const id of subscribed) Reflect.deleteProperty(Resources, id);
}

const notWell = ({ stdout }: CliResult): readonly Check[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Check)
    .filter(({ status }) => status !== 'ok');

const MEMBERS = ['--accounts', MEMBER, '--regions', 'us-east-1'];

test('says that nobody hears the alarms of a fresh deployment without alarmEmail, and what to do', async () => {
  const result = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS]);
  expect({ code: result.exitCode, notWell: notWell(result) }).toEqual({
    code: 1,
    notWell: [
      {
        check: 'who hears alarms',
        status: 'failed',
        found: 'nobody',
        fix: 'set alarmEmail in portcullis.yaml, then npx cdk deploy Portcullis-Hub',
      },
    ],
  });
  expectOneLine(result, /1 of \d+ checks failed: who hears alarms/);
});

test('finds all well once somebody does, with a member and the hub read by the deployment itself', async () => {
  const sns = new SNSClient(asHub);
  const { Topics = [] } = await sns.send(new ListTopicsCommand({}));
  const TopicArn = Topics.find((topic) => topic.TopicArn?.endsWith('-Alarms'))?.TopicArn;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'somebody@example.com' }));

  const { exitCode, stdout, stderr } = await runAsOperator(portcullis, [
    'doctor',
    '--accounts',
    `${HUB},${MEMBER}`,
    '--regions',
    'eu-central-1,us-east-1',
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('ok '))).toEqual([]);
  expect(lines.filter((line) => line.startsWith('ok      member '))).toHaveLength(2 * 2);
  expect(lines).toContain(`ok      member ${MEMBER} us-east-1: Portcullis-Member is taken on and reads`);
});

test('names each thing that is broken, with what mends it', async () => {
  await new EventBridgeClient(asHub).send(new DisableRuleCommand({ Name: 'Portcullis-CloseIngress' }));
  const ActionTargetArn = `arn:aws:securityhub:eu-central-1:${HUB}:action/custom/PortcullisUndo`;
  await new SecurityHubClient(asHub).send(new DeleteActionTargetCommand({ ActionTargetArn }));
  const fights = {
    ...{ RuleName: 'Console rule', RuleOrder: 1, Description: 'made by hand' },
    Criteria: { ComplianceSecurityControlId: [{ Comparison: 'EQUALS' as const, Value: 'EC2.13' }] },
    Actions: [
      { Type: 'FINDING_FIELDS_UPDATE' as const, FindingFieldsUpdate: { Workflow: { Status: 'NOTIFIED' as const } } },
    ],
  };
  const elsewhere = new SecurityHubClient({ ...asHub, region: 'us-east-1' });
  await elsewhere.send(new CreateAutomationRuleCommand(fights));
  const alarm = { AlarmName: 'Portcullis-DeadLetters', StateValue: 'ALARM', StateReason: 'a test' } as const;
  await new CloudWatchClient(asHub).send(new SetAlarmStateCommand(alarm));
  const sqs = new SQSClient(asHub);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'Portcullis-DeadLetters' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'not understood' }));

  const result = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS]);
  expect(result.exitCode).toBe(1);
  expect(notWell(result)).toEqual([
    {
      check: 'custom action Undo closing',
      status: 'failed',
      found: `${ActionTargetArn} is not there`,
      fix: 'npx cdk deploy Portcullis-Hub',
    },
    {
      check: 'event rules',
      status: 'failed',
      found: 'disabled: Portcullis-CloseIngress',
      fix: 'aws events enable-rule --name Portcullis-CloseIngress --region eu-central-1',
    },
    {
      check: 'queue Portcullis-DeadLetters',
      status: 'failed',
      found: '1 dead letters',
      fix: expect.stringContaining('docs/operations.md') as string,
    },
    {
      check: 'alarm Portcullis-DeadLetters',
      status: 'failed',
      found: 'has gone off',
      fix: expect.stringContaining('describe-alarms --alarm-names Portcullis-DeadLetters') as string,
    },
    {
      check: 'automation rules us-east-1',
      status: 'failed',
      found: expect.stringContaining('rule "Console rule" sets the status of findings') as string,
      fix: expect.stringContaining('leave workflow out') as string,
    },
  ]);
});

test('checks all that Security Hub administers, and says of a member without our stack how to deploy there', async () => {
  const result = await runAsOperator(portcullis, ['doctor', '--json']);
  expect(notWell(result).filter(({ check }) => check.startsWith('member '))).toEqual([
    {
      check: 'member 444444444444 eu-central-1',
      status: 'failed',
      found: expect.stringMatching(/Role Portcullis-Member cannot be assumed in account 444444444444/) as string,
      fix: 'with credentials of 444444444444: AWS_REGION=eu-central-1 npx cdk deploy Portcullis-Member',
    },
  ]);
});

test('a Region that a member has not enabled is named as that, with what enables it', async () => {
  await portcullis.enableRegion(MEMBER, 'us-east-1', false);
  const result = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS]);
  await portcullis.enableRegion(MEMBER, 'us-east-1', true);
  expect(notWell(result).filter(({ check }) => check.startsWith('member '))).toEqual([
    {
      check: `member ${MEMBER} us-east-1`,
      status: 'failed',
      found: expect.stringContaining(`us-east-1 is not enabled in account ${MEMBER}`) as string,
      fix: expect.stringContaining('aws account enable-region --region-name us-east-1') as string,
    },
  ]);
});

test('says from another account what cannot be found there, and from a wrong Region where findings go', async () => {
  const member = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS], { account: MEMBER });
  expect(notWell(member).map(({ check }) => check)).toEqual(
    expect.arrayContaining(['aggregation Region', 'delegated administrator', 'function Portcullis-Orchestrator']),
  );
  const elsewhere = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS], { region: 'us-east-1' });
  expect(notWell(elsewhere)).toContainEqual({
    check: 'aggregation Region',
    status: 'failed',
    found: 'eu-central-1, not us-east-1',
    fix: expect.stringContaining('--region eu-central-1') as string,
  });
});

test('without any permission each check says which one is missing, and nothing is taken for well', async () => {
  await portcullis.misbehave({ kind: 'deny', callers: ['account'] });
  try {
    const result = await runAsOperator(portcullis, ['doctor', '--json', ...MEMBERS]);
    const checks = result.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Check);
    expect(checks).toEqual(checks.map(({ check }) => expect.objectContaining({ check, status: 'unknown' }) as unknown));
    expect(checks.map(({ found }) => found)).toEqual(
      checks.map(() => expect.stringMatching(/to perform: \w+:\w+|denied/i) as unknown),
    );
    expect(result.exitCode).toBe(3);
  } finally {
    await portcullis.behave();
  }
});

test.each([
  ['no account', ['--accounts', '12'], 2, /--accounts: "12" is no account id/],
  ['no Region', ['--regions', 'here and there'], 2, /--regions: "here and there" is no Region/],
])('refuses %s', async (_, args, exitCode, message) => {
  const result = await runAsOperator(portcullis, ['doctor', ...args]);
  expect(result.exitCode).toBe(exitCode);
  expectOneLine(result, message);
});

test('says without credentials that nothing can be checked', async () => {
  const result = await runAsOperator(portcullis, ['doctor'], { credentials: false });
  expect(result.exitCode).toBe(3);
  expectOneLine(result, /nothing can be checked without credentials/);
});
