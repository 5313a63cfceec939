import { BatchWriteItemCommand, ScanCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { AuthorizeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from '../deployed-portcullis';
import { verifyChain } from './verify-chain';

const virginia = { account: MEMBER, region: 'us-east-1' };
const TableName = 'Portcullis-Ledger';

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
});
afterAll(() => portcullis.stop());

type Items = readonly Record<string, AttributeValue>[];

async function backUp(): Promise<Items> {
  return (await portcullis.clients.dynamoDb.send(new ScanCommand({ TableName, ConsistentRead: true }))).Items ?? [];
}

/** What is there goes, and what the backup holds comes, as docs/operations.md says. */
async function restore(backup: Items): Promise<void> {
  const now = await backUp();
  const requests = [
    ...now.map(({ pk, sk }) => ({ DeleteRequest: { Key: { ...(pk && { pk }), ...(sk && { sk }) } } })),
    ...backup.map((Item) => ({ PutRequest: { Item } })),
  ];
  await portcullis.breakGlass(async () => {
    for (const request of requests) {
      await portcullis.clients.dynamoDb.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: [request] } }));
    }
  });
}

/**
 * Somebody opens a port, and somebody else chooses Close ingress. Minutes pass, not the hour of an execution's time.
 */
async function openAndClose(group: Group, port: number): Promise<string> {
  await portcullis.clients
    .ec2(virginia)
    .send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group.id, IpPermissions: [tcp(port, port, ANYWHERE)] }));
  const id = await portcullis.importFinding(group, 'EC2.19');
  await portcullis.press(id);
  await portcullis.clock.advance(5 * 60_000);
  return id;
}

const openPorts = async (group: Group) => (await portcullis.ingressOf(group)).map(({ FromPort }) => FromPort);

async function expectClosed(group: Group, findingId: string): Promise<void> {
  expect(await openPorts(group)).toEqual([]);
  const { Workflow, UserDefinedFields } = await portcullis.findingOf(findingId);
  expect([Workflow?.Status, UserDefinedFields?.['PortcullisOutcome']]).toEqual(['RESOLVED', 'closed']);
  const remediationId = UserDefinedFields?.['PortcullisRemediationId'] ?? '';
  expect(await verifyChain(portcullis, remediationId)).toEqual({ exitCode: 0, stderr: '' });
}

describe('after the ledger was restored from its backup, Close ingress works at once', () => {
  test('where generations are counted again that Lambda has seen', async () => {
    const group = await portcullis.openGroup(virginia, []);
    const backup = await backUp();
    await expectClosed(group, await openAndClose(group, 22));
    await restore(backup);
    await expectClosed(group, await openAndClose(group, 3389));
  });

  test('where the backup says that an execution is at work which ended long ago', async () => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    await portcullis.press(await portcullis.importFinding(group, 'EC2.19'));
    expect(await portcullis.untilRunbookStarts(virginia)).toBe(true);
    const backup = await backUp();
    await portcullis.clock.advance(5 * 60_000);
    expect(await openPorts(group)).toEqual([]);
    await restore(backup);
    await expectClosed(group, await openAndClose(group, 3389));
  });

  test('where the backup holds an undo that was answered since: it has expired, and opens nothing', async () => {
    const group = await portcullis.openGroup(virginia, []);
    const closed = await openAndClose(group, 22);
    // Lost before it began: the backup holds an undo that waits.
    await portcullis.misbehave({ kind: 'throttle', service: 'lambda', operation: 'Invoke', times: 3 });
    await portcullis.choose('Undo closing', closed);
    await portcullis.clock.advance(60_000);
    const backup = await backUp();
    await portcullis.behave();
    await portcullis.clock.advance(60 * 60_000);
    await restore(backup);
    await expectClosed(group, await openAndClose(group, 3389));
  });
});
