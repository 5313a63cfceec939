import { gunzipSync, gzipSync } from 'node:zlib';
import { DeleteItemCommand, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DeleteSecurityGroupCommand } from '@aws-sdk/client-ec2';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed, type Group } from './deployed-portcullis';

const virginia = { account: MEMBER, region: 'us-east-1' };
const HOUR = 3_600_000;

let portcullis: Deployed;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'manual' });
  await portcullis.subscribe();
});
afterAll(() => portcullis.stop());

async function eventTypesAbout(group: Group): Promise<readonly string[]> {
  return (await portcullis.domainEventsAbout(group)).map((event) => event['detail-type']);
}

test.each([
  ['is closed by one call', [tcp(22, 22, ANYWHERE)]],
  ['is closed by several', [tcp(0, 65_535, ANYWHERE)]],
])(
  'a group that %s and vanishes between our look and the runbook needs nothing more, and its record says so',
  async (_, permissions) => {
    const group = await portcullis.openGroup(virginia, permissions);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    expect(await portcullis.untilRunbookStarts(virginia)).toBe(true);
    await portcullis.clients.ec2(virginia).send(new DeleteSecurityGroupCommand({ GroupId: group.id }));
    await portcullis.clock.advance(HOUR);
    const { UserDefinedFields } = await portcullis.findingOf(id);
    const record = await portcullis.recordOf(id);
    expect([UserDefinedFields?.['PortcullisOutcome'], record.outcome]).toEqual(['not-needed', 'not-needed']);
    expect(record.reasons).toEqual([{ code: 'resource-gone' }]);
    // What was there when the runbook was started is kept, and that it was started.
    expect(record.before?.rules.some(({ CidrIpv4 }) => CidrIpv4 === ANYWHERE)).toBe(true);
    expect(record.runs).toHaveLength(1);
    expect((await portcullis.executions()).map(({ status }) => status)).not.toContain('FAILED');
    expect(await portcullis.deadLetters()).toEqual([]);
  },
);

describe('Undo closing of a closing of which the ledger has lost', () => {
  const keyOf = (remediationId: string) => ({ pk: { S: `REMEDIATION#${remediationId}` }, sk: { S: 'RECORD' } });
  const TableName = 'Portcullis-Ledger';

  test.each([
    [
      'the record',
      async (remediationId: string) => {
        await portcullis.breakGlass(() =>
          portcullis.clients.dynamoDb.send(new DeleteItemCommand({ TableName, Key: keyOf(remediationId) })),
        );
      },
      /what was there before cannot be known/,
    ],
    [
      'the rules as they were before',
      async (remediationId: string) => {
        const { dynamoDb } = portcullis.clients;
        const { Item = {} } = await dynamoDb.send(new GetItemCommand({ TableName, Key: keyOf(remediationId) }));
        const { before, ...rest } = JSON.parse(gunzipSync(Item['document']?.B ?? '').toString()) as Record<
          string,
          object
        >;
        expect(before).toBeDefined();
        const document = { B: gzipSync(JSON.stringify(rest)) };
        await portcullis.breakGlass(() =>
          dynamoDb.send(new PutItemCommand({ TableName, Item: { ...Item, document } })),
        );
      },
      /are not in the ledger, so they cannot be put back/,
    ],
  ])('%s: nothing is touched, and the finding and the bus say why', async (_, lose, why) => {
    const group = await portcullis.openGroup(virginia, [tcp(22, 22, ANYWHERE)]);
    const id = await portcullis.importFinding(group, 'EC2.13');
    await portcullis.press(id);
    await portcullis.clock.advance(HOUR);
    const closed = await portcullis.findingOf(id);
    expect(closed.Workflow?.Status).toBe('RESOLVED');
    await lose(closed.UserDefinedFields?.['PortcullisRemediationId'] ?? '');

    const runs = (await portcullis.runbooksIn(virginia)).length;
    await portcullis.choose('Undo closing', id);
    await portcullis.clock.advance(HOUR);
    const { Workflow, Note } = await portcullis.findingOf(id);
    expect(await portcullis.ingressOf(group)).toEqual([]);
    expect(await portcullis.runbooksIn(virginia)).toHaveLength(runs);
    expect(Note?.Text).toMatch(why);
    // It is closed still.
    expect(Workflow?.Status).toBe('RESOLVED');
    expect(await eventTypesAbout(group)).toEqual(['Ingress Closed', 'Remediation Failed']);
  });
});
