import {
  DescribeRuleCommand,
  DisableRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';

import { EVENTS_PUT, type EventsPut } from '../../../sandbox/events/bus-event';
import { createEvents } from '../../../sandbox/events/events-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSns } from '../../../sandbox/sns/sns-service';
import { createSqs } from '../../../sandbox/sqs/sqs-service';
import {
  asAdministrator,
  home,
  hub,
  linked,
  member,
  provision,
  provisionRole,
  startSmallSandbox,
} from '../small-sandbox';

let sandbox: Sandbox;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createEvents(), createSqs(), createSns());
});
afterEach(() => sandbox.stop());

const put = (entry: object, account = hub) =>
  new EventBridgeClient(asAdministrator(sandbox, account)).send(
    new PutEventsCommand({ Entries: [{ Source: 'test', DetailType: 'Something', Detail: '{"n":1}', ...entry }] }),
  );

async function queue(name: string, allow: string | undefined, place?: object) {
  const made = await provision(sandbox, 'AWS::SQS::Queue', { QueueName: name }, place);
  const arn = made.attributes['Arn'] ?? '';
  if (allow !== undefined) {
    const Statement = [{ Effect: 'Allow', Principal: { Service: allow }, Action: 'sqs:SendMessage', Resource: arn }];
    const policy = { Queues: [made.ref], PolicyDocument: { Version: '2012-10-17', Statement } };
    await provision(sandbox, 'AWS::SQS::QueuePolicy', policy, place);
  }
  return arn;
}

const rule = (name: string, targets: readonly object[], properties: object = {}, place?: object) =>
  provision(
    sandbox,
    'AWS::Events::Rule',
    { Name: name, EventPattern: { source: ['test'] }, Targets: targets, ...properties },
    place,
  );

type Queued = { queue: string; body: string; attributes: Record<string, { StringValue: string }> };
const queued = () => sandbox.world.service('sqs').inspect?.['messages']?.(undefined) as Queued[];
const failed = () => sandbox.world.service('events').inspect?.['failedInvocations']?.(undefined) as { code: string }[];

test('an event that matches goes to the queue in the envelope of EventBridge', async () => {
  const arn = await queue('events', 'events.amazonaws.com');
  await rule('to-queue', [{ Id: 'q', Arn: arn }]);
  const { Entries } = await put({ Resources: ['arn:aws:x'] });
  await put({ Source: 'other' });
  await sandbox.world.clock.idle();
  expect(queued().map(({ body }) => JSON.parse(body) as unknown)).toEqual([
    {
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'Something',
      source: 'test',
      account: hub,
      time: '2026-01-31T12:00:00Z',
      region: home,
      resources: ['arn:aws:x'],
      detail: { n: 1 },
    },
  ]);
});

test('a queue whose policy does not admit the rule gets nothing, and the failure is recorded', async () => {
  await rule('to-queue', [{ Id: 'q', Arn: await queue('closed', undefined) }]);
  await put({});
  await sandbox.world.clock.idle();
  expect(queued()).toEqual([]);
  expect(failed()).toHaveLength(1);
});

test('what cannot be delivered goes to the dead-letter queue with the reason', async () => {
  const dead = await queue('dead', 'events.amazonaws.com');
  const target = { Id: 'q', Arn: await queue('closed', undefined), DeadLetterConfig: { Arn: dead } };
  await rule('to-queue', [target]);
  await put({});
  await sandbox.world.clock.idle();
  expect(queued().map(({ queue: at, attributes }) => [at, attributes['TARGET_ARN']?.StringValue])).toEqual([
    [dead, target.Arn],
  ]);
  expect(queued()[0]?.attributes['ERROR_CODE']?.StringValue).toMatch(/AccessDenied/);
  expect(failed()).toEqual([]);
});

test('throttling is tried again on the clock', async () => {
  await rule('to-queue', [{ Id: 'q', Arn: await queue('events', 'events.amazonaws.com') }]);
  sandbox.world.faults.add({ service: 'sqs', operation: 'SendMessage', kind: 'throttle', times: 2 });
  await put({});
  await sandbox.world.clock.idle();
  expect(queued()).toEqual([]);
  await sandbox.world.clock.advance(10_000);
  expect(queued()).toHaveLength(1);
});

test('an input transformer fills its template', async () => {
  const InputTransformer = {
    InputPathsMap: { n: '$.detail.n', source: '$.source', none: '$.detail.none' },
    InputTemplate: '{"text":"<source> said <n>","n":<n>,"source":<source>,"rule":"<aws.events.rule-name>"}',
  };
  await rule('to-queue', [{ Id: 'q', Arn: await queue('events', 'events.amazonaws.com'), InputTransformer }]);
  await put({});
  await sandbox.world.clock.idle();
  expect(JSON.parse(queued()[0]?.body ?? '')).toEqual({ text: 'test said 1', n: 1, source: 'test', rule: 'to-queue' });
});

test('a disabled rule does nothing', async () => {
  await rule('to-queue', [{ Id: 'q', Arn: await queue('events', 'events.amazonaws.com') }]);
  const client = new EventBridgeClient(asAdministrator(sandbox, hub));
  await client.send(new DisableRuleCommand({ Name: 'to-queue' }));
  await put({});
  await sandbox.world.clock.idle();
  expect(queued()).toEqual([]);
  expect(await client.send(new DescribeRuleCommand({ Name: 'to-queue' }))).toMatchObject({ State: 'DISABLED' });
  expect((await client.send(new ListRulesCommand({}))).Rules).toHaveLength(1);
  expect((await client.send(new ListTargetsByRuleCommand({ Rule: 'to-queue' }))).Targets).toHaveLength(1);
});

test('an event keeps its account, Region and id on its way to the bus of another account', async () => {
  const bus = await provision(sandbox, 'AWS::Events::EventBus', { Name: 'central' });
  const busArn = bus.attributes['Arn'] ?? '';
  await provision(sandbox, 'AWS::Events::EventBusPolicy', {
    EventBusName: 'central',
    StatementId: 'members',
    Statement: {
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${member}:root` },
      Action: 'events:PutEvents',
      Resource: busArn,
    },
  });
  await rule('on-central', [{ Id: 'q', Arn: await queue('events', 'events.amazonaws.com') }], {
    EventBusName: 'central',
  });
  const RoleArn = await provisionRole(sandbox, {
    name: 'Forward',
    account: member,
    trusted: 'events.amazonaws.com',
    actions: ['events:PutEvents'],
  });
  await rule('forward', [{ Id: 'bus', Arn: busArn, RoleArn }], {}, { account: member });
  const { Entries } = await put({}, member);
  await sandbox.world.clock.idle();
  expect(failed()).toEqual([]);
  expect(JSON.parse(queued()[0]?.body ?? '')).toMatchObject({ id: Entries?.[0]?.EventId, account: member });
});

test('a bus target without a role is refused', async () => {
  const bus = await provision(sandbox, 'AWS::Events::EventBus', { Name: 'central' });
  await expect(rule('forward', [{ Id: 'bus', Arn: bus.attributes['Arn'] }])).rejects.toMatchObject({
    code: 'ValidationException',
  });
});

test('other services put events by a signal, on the default bus of a place', async () => {
  await rule(
    'imported',
    [{ Id: 'q', Arn: await queue('events', 'events.amazonaws.com', { account: member, region: linked }) }],
    { EventPattern: { source: ['aws.securityhub'] } },
    { account: member, region: linked },
  );
  sandbox.world.emit(EVENTS_PUT, {
    account: member,
    region: linked,
    event: { source: 'aws.securityhub', 'detail-type': 'X', resources: [], detail: {} },
  } satisfies EventsPut);
  await sandbox.world.clock.idle();
  expect(JSON.parse(queued()[0]?.body ?? '')).toMatchObject({ account: member, region: linked });
});

const refused: readonly [name: string, entry: object, code: string][] = [
  ['without a source', { Source: '' }, 'InvalidArgument'],
  ['with detail that is not JSON', { Detail: '{' }, 'MalformedDetail'],
  ['with detail that is a list', { Detail: '[]' }, 'MalformedDetail'],
  ['for a bus that does not exist', { EventBusName: 'none' }, 'InvalidArgument'],
];

test.each(refused)('an entry %s fails alone', async (_name, entry, ErrorCode) => {
  const answer = await put(entry);
  expect(answer).toMatchObject({ FailedEntryCount: 1, Entries: [{ ErrorCode }] });
});

test('only administrators play an AWS service', async () => {
  const entries = { Entries: [{ Source: 'aws.securityhub', DetailType: 'X', Detail: '{}' }] };
  await provisionRole(sandbox, {
    name: 'Any',
    account: hub,
    trusted: 'lambda.amazonaws.com',
    actions: ['events:PutEvents'],
  });
  const { principal } = sandbox.world.identity.assumeAsService({
    service: 'lambda.amazonaws.com',
    roleArn: `arn:aws:iam::${hub}:role/Any`,
    sessionName: 'any',
    sourceAccount: hub,
    sourceArn: 'arn:aws:lambda:x',
  });
  const asRole = await sandbox.world.call('events', 'PutEvents', entries, { principal, account: hub, region: home });
  expect(asRole).toMatchObject({ Entries: [{ ErrorCode: 'NotAuthorizedForSourceException' }] });
  expect(await put({ Source: 'aws.securityhub' })).toMatchObject({ FailedEntryCount: 0 });
});

test('a rule with a pattern that AWS refuses is refused', async () => {
  const client = new EventBridgeClient(asAdministrator(sandbox, hub));
  const command = new PutRuleCommand({ Name: 'bad', EventPattern: '{"source":[{"like":"x"}]}' });
  await expect(client.send(command)).rejects.toMatchObject({ name: 'InvalidEventPatternException' });
});

test('TestEventPattern answers', async () => {
  const client = new EventBridgeClient(asAdministrator(sandbox, hub));
  const answer = await client.send(
    new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event: '{"source":"a"}' }),
  );
  expect(answer.Result).toBe(true);
});

test('TestEventPattern refuses an event that is no JSON, in the words for a bad pattern', async () => {
  const client = new EventBridgeClient(asAdministrator(sandbox, hub));
  const command = new TestEventPatternCommand({ EventPattern: '{"source":["a"]}', Event: '{"source":' });
  await expect(client.send(command)).rejects.toMatchObject({
    name: 'InvalidEventPatternException',
    message: expect.stringContaining('Event is not valid JSON') as string,
  });
});

test('a schedule is refused, since it would never fire', async () => {
  await expect(provision(sandbox, 'AWS::Events::Rule', { ScheduleExpression: 'rate(1 hour)' })).rejects.toMatchObject({
    message: expect.stringContaining('not in the sandbox') as string,
  });
});
