import { randomUUID } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { createIdentifiers } from '../../../../src/aws/identifiers';
import { toSweepId } from '../../../../src/core/sweeping/sweep';
import { targetKey } from '../../../../src/core/target';
import type { Deployed } from '../../deployed-portcullis';
import {
  CLOSED,
  closedScene,
  expectRefused,
  MEMBER_PLACE,
  OPEN,
  openScene,
  putItem,
  sourcesOf,
  TABLE,
  undoRequest,
  type Actor,
} from './scene';

const functionArns = ({ hub }: Deployed, name: string) => {
  const arn = `arn:aws:lambda:${hub.region}:${hub.account}:function:${name}`;
  return [arn, `${arn}:*`];
};

export const invokesCommands: Actor = async (portcullis) => {
  const closed = await closedScene(portcullis);
  const never = await openScene(portcullis);
  const resources = functionArns(portcullis, 'Portcullis-Commands');
  const invoker = await portcullis.somebody(portcullis.hub, { actions: ['lambda:InvokeFunction'], resources });
  const lambda = new LambdaClient(invoker.settings);
  const compliant = `arn:aws:iam::${portcullis.hub.account}:user/innocent`;
  const invoke = async (body: object, iam: object) => {
    const event = { body: JSON.stringify(body), requestContext: { authorizer: { iam } } };
    const { Payload = [] } = await lambda.send(
      new InvokeCommand({ FunctionName: resources[0], Payload: Buffer.from(JSON.stringify(event)) }),
    );
    await portcullis.settle();
    return JSON.parse(Buffer.from(Payload).toString()) as { readonly statusCode: number };
  };
  const undo = (remediationId: string) => ({ command: 'undo', askId: randomUUID(), remediationId, confirmed: true });

  expect(await invoke(undo(closed.remediationId), {})).toMatchObject({ statusCode: 403 });
  expect(await sourcesOf(portcullis, closed)).toEqual(CLOSED);
  expect(await invoke(undo('rem-0000000000000000'), { userArn: compliant })).toMatchObject({ statusCode: 400 });
  expect(await invoke(undo(closed.remediationId), { userArn: compliant })).toMatchObject({ statusCode: 200 });
  expect(await sourcesOf(portcullis, closed)).toEqual(OPEN);
  expect(await portcullis.recordOf(closed.findingId)).toMatchObject({ decidedBy: `portcullis undo by ${compliant}` });
  expect(await sourcesOf(portcullis, never)).toEqual(OPEN);

  await expectRefused(putItem(invoker, undoRequest(portcullis, closed)));
  const FunctionName = 'Portcullis-Orchestrator:live';
  await expectRefused(lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' })));
  lambda.destroy();
};

export const invokesTheOrchestrator: Actor = async (portcullis) => {
  const closed = await closedScene(portcullis);
  const { target } = closed;
  const invocation = {
    actions: ['lambda:InvokeFunction'],
    resources: functionArns(portcullis, 'Portcullis-Orchestrator'),
  };
  const invoker = await portcullis.somebody(portcullis.hub, invocation);
  const lambda = new LambdaClient(invoker.settings);
  const { executionName } = createIdentifiers('Portcullis');
  const start = async (client: LambdaClient, DurableExecutionName: string, input: object) => {
    await client.send(
      new InvokeCommand({
        FunctionName: 'Portcullis-Orchestrator:live',
        InvocationType: 'Event',
        DurableExecutionName,
        Payload: Buffer.from(JSON.stringify(input)),
      }),
    );
    await portcullis.settle();
  };
  const outcome = async () => (await portcullis.executions()).at(-1);

  // What they say in the input is not read: neither requests nor another target's holding.
  const invented = { generation: 7, nonce: randomUUID() };
  const requests = [{ id: 'x', action: 'undo', remediationId: closed.remediationId, confirmed: true, findings: [] }];
  await start(lambda, executionName(target, invented), { target, ...invented, requests });
  await start(lambda, 'forged', { target, ...invented });
  await start(lambda, 'garbage', { requests });
  expect((await outcome())?.status).toBe('FAILED');
  expect(await sourcesOf(portcullis, closed)).toEqual(CLOSED);
  await expectRefused(putItem(invoker, undoRequest(portcullis, closed)));

  // A click whose execution could not be started waits. Its holding's mark is a UUID, which only the ledger shows.
  const waiting = await openScene(portcullis);
  await portcullis.misbehave({ kind: 'throttle', service: 'lambda', operation: 'Invoke' });
  await portcullis.press(waiting.findingId);
  await portcullis.settle();
  await portcullis.behave();
  await start(lambda, executionName(waiting.target, invented), { target: waiting.target, ...invented });
  expect(await sourcesOf(portcullis, waiting)).toEqual(OPEN);

  const reader = await portcullis.somebody(portcullis.hub, invocation, { actions: ['dynamodb:GetItem'] });
  const client = new DynamoDBClient(reader.settings);
  const Key = { pk: { S: `TARGET#${targetKey(waiting.target)}` }, sk: { S: 'CLAIM' } };
  const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key }));
  const tenure = { generation: Number(Item?.['generation']?.N), nonce: Item?.['nonce']?.S ?? '' };
  const asReader = new LambdaClient(reader.settings);
  await start(asReader, executionName(waiting.target, tenure), { target: waiting.target, ...tenure });
  expect(await sourcesOf(portcullis, waiting)).toEqual(CLOSED);
  for (const each of [lambda, asReader, client]) each.destroy();
};

export const invokesTheSweeper: Actor = async (portcullis) => {
  const open = await openScene(portcullis);
  const closed = await closedScene(portcullis);
  const resources = functionArns(portcullis, 'Portcullis-Sweeper');
  const invoker = await portcullis.somebody(portcullis.hub, { actions: ['lambda:InvokeFunction'], resources });
  const lambda = new LambdaClient(invoker.settings);
  const start = async (input: object) => {
    const Payload = Buffer.from(JSON.stringify(input));
    const FunctionName = 'Portcullis-Sweeper:live';
    await lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload }));
    await portcullis.settle();
    return (await portcullis.executions()).at(-1)?.status;
  };

  // Nothing but a sweep can be asked for, and a sweep changes no rules: what violates becomes a finding of ours.
  expect(await start({ command: 'undo', remediationId: closed.remediationId, confirmed: true })).toBe('FAILED');
  const { account, region } = MEMBER_PLACE;
  const sweep = { sweepId: toSweepId(randomUUID()), by: 'nobody', accounts: [account], regions: [region] };
  expect(await start({ ...sweep, imports: true })).toBe('SUCCEEDED');
  const imported = (await portcullis.ask<readonly AwsSecurityFinding[]>('securityhub/findings')).filter(
    ({ ProductArn = '' }) => ProductArn.endsWith('/default'),
  );
  const about = imported.map(({ Resources: [resource] = [] }) => resource?.Id?.split('/').at(-1));
  expect(about).toContain(open.group.id);
  expect(about).not.toContain(closed.group.id);
  expect(await sourcesOf(portcullis, open)).toEqual(OPEN);
  expect(await sourcesOf(portcullis, closed)).toEqual(CLOSED);

  await expectRefused(putItem(invoker, undoRequest(portcullis, closed)));
  const FunctionName = 'Portcullis-Orchestrator:live';
  await expectRefused(lambda.send(new InvokeCommand({ FunctionName, InvocationType: 'Event' })));
  lambda.destroy();
};
