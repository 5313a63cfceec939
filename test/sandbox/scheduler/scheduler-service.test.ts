import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

import type { Sandbox } from '../../../sandbox/sandbox';
import { createScheduler } from '../../../sandbox/scheduler/scheduler-service';
import { createSqs } from '../../../sandbox/sqs/sqs-service';
import { asAdministrator, home, hub, provision, provisionRole, startMillis, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SchedulerClient;
let queue: { readonly url: string; readonly arn: string };
let deadLetters: { readonly url: string; readonly arn: string };
let role: string;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSqs(), createScheduler());
  client = new SchedulerClient(asAdministrator(sandbox, hub));
  queue = await makeQueue('work');
  deadLetters = await makeQueue('dead');
  role = await roleFor('scheduler.amazonaws.com', ['sqs:SendMessage'], 'Sender');
  await provision(sandbox, 'AWS::Scheduler::ScheduleGroup', { Name: 'ours' });
});
afterEach(() => sandbox.stop());

async function makeQueue(name: string) {
  const { ref, attributes } = await provision(sandbox, 'AWS::SQS::Queue', { QueueName: name });
  return { url: ref, arn: attributes['Arn'] ?? '' };
}
const roleFor = (trusted: string, actions: readonly string[], name: string) =>
  provisionRole(sandbox, { name, account: hub, trusted, actions });
const at = (seconds: number) => `at(${new Date(startMillis + seconds * 1000).toISOString().slice(0, 19)})`;
const input = (more: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
  Name: 'due',
  GroupName: 'ours',
  ScheduleExpression: at(60),
  FlexibleTimeWindow: { Mode: 'OFF' },
  ActionAfterCompletion: 'DELETE',
  ...more,
  Target: {
    Arn: queue.arn,
    RoleArn: role,
    Input: '{"kind":"due"}',
    DeadLetterConfig: { Arn: deadLetters.arn },
    ...more.Target,
  },
});
const create = (more?: Partial<CreateScheduleCommandInput>) => client.send(new CreateScheduleCommand(input(more)));
const advance = (seconds: number) => sandbox.world.clock.advance(seconds * 1000);
const bodies = async (of = queue) => {
  const sqs = new SQSClient(asAdministrator(sandbox, hub));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: of.url, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }),
  );
  return Messages;
};
const named = (name: string) => expect.objectContaining({ name }) as unknown;

test('a one-time schedule sends its input when it is due, once, and is gone', async () => {
  const { ScheduleArn } = await create();
  expect(ScheduleArn).toBe(`arn:aws:scheduler:${home}:${hub}:schedule/ours/due`);
  await advance(59);
  expect(await bodies()).toEqual([]);
  await advance(1);
  expect(await bodies()).toMatchObject([{ Body: '{"kind":"due"}' }]);
  await expect(client.send(new GetScheduleCommand({ Name: 'due', GroupName: 'ours' }))).rejects.toEqual(
    named('ResourceNotFoundException'),
  );
  await advance(3600);
  expect(sandbox.world.clock.now()).toBe(startMillis + 3_660_000);
});

test('a schedule that is not to be deleted stays, and a deleted one sends nothing', async () => {
  await create({ Name: 'stays', ActionAfterCompletion: 'NONE' });
  await create({ Name: 'goes' });
  await client.send(new DeleteScheduleCommand({ Name: 'goes', GroupName: 'ours' }));
  await advance(60);
  expect(await bodies()).toHaveLength(1);
  const { Schedules = [] } = await client.send(new ListSchedulesCommand({ GroupName: 'ours' }));
  expect(Schedules.map(({ Name }) => Name)).toEqual(['stays']);
});

test('a name is taken once, and an update moves the time', async () => {
  await create();
  await expect(create()).rejects.toEqual(named('ConflictException'));
  await client.send(new UpdateScheduleCommand(input({ ScheduleExpression: at(120) })));
  await advance(60);
  expect(await bodies()).toEqual([]);
  await advance(60);
  expect(await bodies()).toHaveLength(1);
});

test('a rate repeats', async () => {
  await create({ ScheduleExpression: 'rate(5 minutes)' });
  await advance(900);
  expect(await bodies()).toHaveLength(3);
});

test('whoever makes a schedule must be allowed to pass its role', async () => {
  const maker = await roleFor('lambda.amazonaws.com', ['scheduler:CreateSchedule'], 'Maker');
  const { credentials } = sandbox.world.identity.assumeAsService({
    service: 'lambda.amazonaws.com',
    roleArn: maker,
    sessionName: 'maker',
    sourceAccount: hub,
    sourceArn: `arn:aws:lambda:${home}:${hub}:function:any`,
  });
  const limited = new SchedulerClient({ ...asAdministrator(sandbox, hub), credentials });
  await expect(limited.send(new CreateScheduleCommand(input()))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('iam:PassRole') as string,
  });
});

test('a role that does not trust the service is refused when the schedule is made', async () => {
  const other = await roleFor('lambda.amazonaws.com', ['sqs:SendMessage'], 'Other');
  await expect(create({ Target: { Arn: queue.arn, RoleArn: other } })).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining('to assume the role') as string,
  });
});

test('what the role may not send to its queue goes to the dead letters, with the reason', async () => {
  const { ref } = await provision(sandbox, 'AWS::SQS::Queue', { QueueName: 'closed' });
  await provision(sandbox, 'AWS::SQS::QueuePolicy', {
    Queues: [ref],
    PolicyDocument: {
      Statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:SendMessage',
        Resource: queue.arn.replace('work', 'closed'),
      },
    },
  });
  await create({ Target: { Arn: queue.arn.replace('work', 'closed'), RoleArn: role } });
  await advance(60);
  expect(await bodies(deadLetters)).toMatchObject([
    { Body: '{"kind":"due"}', MessageAttributes: { ERROR_CODE: { StringValue: 'AccessDenied' } } },
  ]);
});

test.each<readonly [string, Partial<CreateScheduleCommandInput>, string]>([
  ['a cron expression with both days', { ScheduleExpression: 'cron(0 6 * * * *)' }, 'Invalid Schedule Expression cron'],
  ['another time zone', { ScheduleExpressionTimezone: 'Europe/Berlin' }, 'Europe/Berlin is not in the sandbox'],
  ['no expression', { ScheduleExpression: 'tomorrow' }, 'Invalid Schedule Expression tomorrow'],
  ['a time that is over', { ScheduleExpression: at(-1) }, 'lies in the past'],
  ['a flexible window', { FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }, 'FlexibleTimeWindow'],
  ['a bad name', { Name: 'a b' }, 'must be 1 to 64'],
])('%s is refused with what is wrong', async (_, more, message) => {
  await expect(create(more)).rejects.toMatchObject({ message: expect.stringContaining(message) as string });
});
