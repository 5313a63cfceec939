import { randomUUID } from 'node:crypto';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DeleteResourcePolicyCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BatchUpdateFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { targetKey } from '../../../../src/core/target';
import type { Deployed, Somebody } from '../../deployed-portcullis';
import {
  askAs,
  CLOSED,
  closedScene,
  expectRefused,
  OPEN,
  openScene,
  OTHER_PLACE,
  previewAnother,
  putItem,
  remediationOf,
  sourcesOf,
  TABLE,
  undoRequest,
  type Actor,
} from './scene';

const tableArn = ({ hub }: Deployed) => `arn:aws:dynamodb:${hub.region}:${hub.account}:table/${TABLE}`;

/**
 * `SendFindingEvents` is the console's own and no operation of an SDK: the event that it makes is put by the account's
 * administrator, who plays AWS's services in the sandbox. Everybody else's is refused.
 */
export const pressesActions: Actor = async (portcullis) => {
  const closed = await closedScene(portcullis);
  const other = await openScene(portcullis);
  await portcullis.choose('Preview closing', other.findingId);
  await portcullis.choose('Undo closing', other.findingId);
  await portcullis.settle();
  expect(await sourcesOf(portcullis, other)).toEqual(OPEN);
  await portcullis.choose('Undo closing', closed.findingId);
  await portcullis.settle();
  expect(await sourcesOf(portcullis, closed)).toEqual(OPEN);

  const putter = await portcullis.somebody(portcullis.hub, { actions: ['events:PutEvents'] });
  const events = new EventBridgeClient(putter.settings);
  const event = await portcullis.customActionEvent([await portcullis.findingOf(other.findingId)]);
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [event] }));
  expect(Entries[0]?.ErrorCode).toBe('NotAuthorizedForSourceException');
  await portcullis.settle();
  expect(await sourcesOf(portcullis, other)).toEqual(OPEN);
};

export const asksForCommands: Actor = async (portcullis) => {
  const { hub } = portcullis;
  const resources = [`arn:aws:execute-api:${hub.region}:${hub.account}:*/*/POST/commands`];
  const asker = await portcullis.somebody(hub, { actions: ['execute-api:Invoke'], resources });
  const scene = await openScene(portcullis);
  const ask = (body: object) => askAs(portcullis, asker, { askId: randomUUID(), ...body });

  const forged = await ask({ command: 'remediate', findingIds: [scene.findingId], decidedBy: 'somebody else' });
  expect(forged).toMatchObject({ ok: true, value: { status: 400 } });
  expect(await sourcesOf(portcullis, scene)).toEqual(OPEN);

  expect(await ask({ command: 'remediate', findingIds: [scene.findingId] })).toMatchObject({ value: { status: 200 } });
  expect(await sourcesOf(portcullis, scene)).toEqual(CLOSED);
  expect(await portcullis.recordOf(scene.findingId)).toMatchObject({
    decidedBy: `portcullis remediate by ${asker.arn}`,
  });
  const closed = { ...scene, remediationId: await remediationOf(portcullis, scene) };
  expect(await ask({ command: 'undo', remediationId: closed.remediationId, confirmed: false })).toMatchObject({
    value: { status: 200 },
  });
  expect(await sourcesOf(portcullis, scene)).toEqual(OPEN);
  expect(await portcullis.recordOf(scene.findingId)).toMatchObject({ decidedBy: `portcullis undo by ${asker.arn}` });
  await opensForAWhile(portcullis, asker);
  await withdraws(portcullis, asker);
  await releases(portcullis, asker);

  await expectRefused(putItem(asker, undoRequest(portcullis, closed)));
  const nobody = await portcullis.somebody(hub, { actions: ['ssm:GetParameter', 'dynamodb:*', 'securityhub:*'] });
  const refused = await askAs(portcullis, nobody, { askId: randomUUID(), command: 'undo', ...closed });
  expect(refused).toMatchObject({ ok: false, error: { code: 'access-denied' } });
};

/** Within `grants`, and never to the internet. */
async function opensForAWhile(portcullis: Deployed, asker: Somebody): Promise<void> {
  const scene = await openScene(portcullis);
  const open = (source: string) =>
    askAs(portcullis, asker, {
      askId: randomUUID(),
      ...{ command: 'open', target: scene.target, port: 22, source, for: '4h', reason: 'disk full' },
    });
  for (const source of ['0.0.0.0/0', '::/0', '198.51.100.0/24']) {
    expect(await open(source)).toMatchObject({ value: { status: 400 } });
  }
  expect(await open('198.51.100.7/32')).toMatchObject({ value: { status: 200 } });
  expect(await sourcesOf(portcullis, scene)).toEqual([...OPEN, '198.51.100.7/32'].sort());
}

/** A click whose execution could not be started is taken back: the next event closes nothing. */
async function withdraws(portcullis: Deployed, asker: Somebody): Promise<void> {
  const scene = await openScene(portcullis);
  await portcullis.misbehave({ kind: 'throttle', service: 'lambda', operation: 'Invoke' });
  await portcullis.press(scene.findingId);
  await portcullis.settle();
  await portcullis.behave();
  const ofTarget = { ':pk': { S: `TARGET#${targetKey(scene.target)}` }, ':sk': { S: 'REQUEST#' } };
  const { Items = [] } = await portcullis.clients.dynamoDb.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: ofTarget,
    }),
  );
  expect(Items).toHaveLength(1);
  const requestId = Items[0]?.['id']?.S;
  const withdrawn = await askAs(portcullis, asker, { command: 'withdraw', target: scene.target, requestId });
  expect(withdrawn).toMatchObject({ value: { status: 200, body: { status: 'withdrawn' } } });
  await previewAnother(portcullis, scene);
  expect(await sourcesOf(portcullis, scene)).toEqual(OPEN);
}

async function releases(portcullis: Deployed, asker: Somebody): Promise<void> {
  const scene = await openScene(portcullis);
  const putBack = await portcullis.replaceDocuments(scene.group, 'opens-another-port');
  await portcullis.press(scene.findingId);
  await portcullis.settle();
  await putBack();
  const { account } = scene.group;
  const release = () => askAs(portcullis, asker, { command: 'release', account });
  expect(await release()).toMatchObject({ value: { status: 200 } });
  expect(await release()).toMatchObject({ value: { status: 400 } });
}

export const putsIntoTheLedger: Actor = async (portcullis) => {
  const closed = await closedScene(portcullis);
  const item = undoRequest(portcullis, closed);
  const { pk = { S: '' }, sk = { S: '' } } = item;
  const writer = await portcullis.somebody(portcullis.hub, {
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem'],
    resources: [tableArn(portcullis)],
  });
  const own = new DynamoDBClient(writer.settings);
  // Also an administrator of the account, whom no policy of their own keeps from anything.
  const byTable = /with an explicit deny in a resource-based policy/;
  for (const client of [own, portcullis.clients.dynamoDb]) {
    await expectRefused(client.send(new PutItemCommand({ TableName: TABLE, Item: item })), byTable);
    const Key = { pk, sk };
    const update = { TableName: TABLE, Key, UpdateExpression: 'SET decidedBy = :b' };
    const values = { ExpressionAttributeValues: { ':b': { S: 'nobody' } } };
    await expectRefused(client.send(new UpdateItemCommand({ ...update, ...values })), byTable);
    await expectRefused(client.send(new DeleteItemCommand({ TableName: TABLE, Key })), byTable);
    const RequestItems = { [TABLE]: [{ PutRequest: { Item: item } }] };
    await expectRefused(client.send(new BatchWriteItemCommand({ RequestItems })), byTable);
  }
  own.destroy();

  await previewAnother(portcullis, closed);
  expect(await sourcesOf(portcullis, closed)).toEqual(CLOSED);
};

export const changesFindings: Actor = async (portcullis) => {
  const changer = await portcullis.somebody(portcullis.hub, { actions: ['securityhub:BatchUpdateFindings'] });
  const client = new SecurityHubClient(changer.settings);
  const change = async (id: string, update: object) => {
    const { ProductArn = '' } = await portcullis.findingOf(id);
    const FindingIdentifiers = [{ Id: id, ProductArn }];
    await client.send(new BatchUpdateFindingsCommand({ FindingIdentifiers, ...update }));
    await portcullis.settle();
  };
  const victim = await closedScene(portcullis, OTHER_PLACE);
  const scene = await openScene(portcullis);
  for (const Status of ['SUPPRESSED', 'RESOLVED', 'NEW'] as const) {
    await change(scene.findingId, { Workflow: { Status } });
    expect((await portcullis.findingOf(scene.findingId)).Workflow?.Status).toBe(Status);
  }
  await change(scene.findingId, { UserDefinedFields: { PortcullisRemediationId: victim.remediationId } });
  await portcullis.choose('Undo closing', scene.findingId);
  await portcullis.settle();
  expect(await sourcesOf(portcullis, victim)).toEqual(CLOSED);
  expect(await sourcesOf(portcullis, scene)).toEqual(OPEN);
  client.destroy();
};

/** The one line that promises nothing: it is tried so that nobody believes more than it says. */
export const ownsTheHub: Actor = async (portcullis) => {
  const closed = await closedScene(portcullis);
  const item = undoRequest(portcullis, closed, 'somebody who is not');
  const owner = await portcullis.somebody(portcullis.hub, {
    actions: ['dynamodb:PutItem', 'dynamodb:DeleteResourcePolicy'],
    resources: [tableArn(portcullis)],
  });
  await expectRefused(putItem(owner, item), /explicit deny in a resource-based policy/);
  await portcullis.breakGlass(async () => {
    const client = new DynamoDBClient(owner.settings);
    // What breakGlass has done already; by them it works as well.
    await client.send(new DeleteResourcePolicyCommand({ ResourceArn: tableArn(portcullis) }));
    client.destroy();
    await putItem(owner, item);
  });
  await previewAnother(portcullis, closed);
  expect(await sourcesOf(portcullis, closed)).toEqual(OPEN);
};
