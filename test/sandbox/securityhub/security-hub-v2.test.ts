import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  BatchUpdateFindingsV2Command,
  DescribeSecurityHubV2Command,
  EnableSecurityHubV2Command,
  GetFindingsV2Command,
  SecurityHubClient,
  type AwsSecurityFinding,
  type BatchUpdateFindingsV2CommandInput,
  type CompositeFilter,
} from '@aws-sdk/client-securityhub';

import { EVENTS_PUT, type EventsPut } from '../../../sandbox/events/bus-event';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { memberOf } from '../../../src/core/read-member';
import { asAdministrator, home, hub, linked, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SecurityHubClient;
let events: EventsPut[];
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  client = at();
  events = [];
  sandbox.world.on(EVENTS_PUT, (payload) => events.push(payload as EventsPut));
});
afterEach(() => sandbox.stop());

const at = (account = hub, region = home) => new SecurityHubClient(asAdministrator(sandbox, account, region));
const PRODUCT = `arn:aws:securityhub:${home}::product/aws/securityhub`;
const enable = () => client.send(new EnableSecurityHubV2Command({}));

async function importOne(changes: Partial<AwsSecurityFinding> = {}): Promise<void> {
  const finding = {
    SchemaVersion: '2018-10-08',
    Id: 'one',
    ProductArn: PRODUCT,
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: member,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' as const },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${home}:${member}:security-group/sg-1` }],
    Compliance: { Status: 'FAILED' as const, SecurityControlId: 'EC2.13' },
    ...changes,
  };
  const { FailedFindings } = await at(member).send(new BatchImportFindingsCommand({ Findings: [finding] }));
  expect(FailedFindings).toEqual([]);
}

const get = async (composite: CompositeFilter = {}, from = client) =>
  (await from.send(new GetFindingsV2Command({ Filters: { CompositeFilters: [composite] } }))).Findings ?? [];
const IDENTIFIER = {
  CloudAccountUid: member,
  FindingInfoUid: 'one',
  MetadataProductUid: PRODUCT.replace('::product/', '::productv2/'),
};
const update = (changes: Partial<BatchUpdateFindingsV2CommandInput>) =>
  client.send(new BatchUpdateFindingsV2Command({ FindingIdentifiers: [IDENTIFIER], ...changes }));

test('before it is enabled V2 is not there: no description, no findings, no events', async () => {
  await importOne();
  await expect(client.send(new DescribeSecurityHubV2Command({}))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(get()).rejects.toMatchObject({ name: 'ConflictException' });
  expect(events.map(({ event }) => event['detail-type'])).not.toContain('Findings Imported V2');
});

test('enabled, it says since when, and shows what CSPM held already', async () => {
  await importOne();
  const { HubV2Arn = '' } = await enable();
  expect(await client.send(new DescribeSecurityHubV2Command({}))).toMatchObject({
    HubV2Arn,
    SubscribedAt: '2026-01-31T12:00:00.000Z',
  });
  expect(HubV2Arn).toMatch(new RegExp(`^arn:aws:securityhub:${home}:${hub}:hubv2/[0-9a-f-]{36}$`));
  expect(await get()).toHaveLength(1);
});

test("a control's finding has the fields of published ones, and its id is that of the other face", async () => {
  await enable();
  await importOne();
  expect(await get()).toMatchObject([
    {
      class_uid: 2003,
      activity_id: 2,
      cloud: { account: { uid: member }, region: home },
      compliance: { control: 'EC2.13', status: 'Fail', status_id: 3 },
      finding_info: { uid: 'one', created_time: Date.parse('2026-01-01T00:00:00.000Z') },
      metadata: { product: { uid: IDENTIFIER.MetadataProductUid }, uid: expect.stringMatching(/^[0-9a-f]{64}$/) },
      resources: [
        {
          type: 'AWS::EC2::SecurityGroup',
          uid: 'sg-1',
          uid_alt: `arn:aws:ec2:${home}:${member}:security-group/sg-1`,
        },
      ],
      severity_id: 4,
      status: 'New',
      status_id: 1,
    },
  ]);
});

test.each([
  { of: 'our own product', changes: { ProductArn: `arn:aws:securityhub:${home}:${member}:product/${member}/default` } },
  { of: 'no control', changes: { Compliance: { Status: 'FAILED' as const } } },
])('what is of $of stays in CSPM', async ({ changes }) => {
  await enable();
  await importOne(changes);
  expect(await get()).toEqual([]);
});

test('an import is an event of each hub, in the same places', async () => {
  await enable();
  await importOne();
  const places = (type: string) =>
    events
      .filter(({ event }) => event['detail-type'] === type)
      .map(({ account, region }) => `${account} ${region}`)
      .sort();
  expect(places('Findings Imported V2')).toEqual(places('Security Hub Findings - Imported'));
  const v2 = events.find(({ event }) => event['detail-type'] === 'Findings Imported V2')?.event;
  const [finding] = await get();
  expect(v2).toMatchObject({
    source: 'aws.securityhub',
    resources: [memberOf(memberOf(finding, 'metadata'), 'uid')],
    detail: { findings: [{ finding_info: { uid: 'one' } }] },
  });
});

test('an update of V2 is an event of V2 and leaves CSPM as it is, and the other way round', async () => {
  await enable();
  await importOne();
  events.length = 0;
  expect(await update({ StatusId: 4, Comment: 'closed' })).toMatchObject({
    ProcessedFindings: [{ FindingIdentifier: IDENTIFIER }],
    UnprocessedFindings: [],
  });
  expect(new Set(events.map(({ event }) => event['detail-type']))).toEqual(new Set(['Findings Imported V2']));
  expect(await get()).toMatchObject([{ status: 'Resolved', status_id: 4, comment: 'closed' }]);
  await client.send(
    new BatchUpdateFindingsCommand({
      FindingIdentifiers: [{ Id: 'one', ProductArn: PRODUCT }],
      Workflow: { Status: 'SUPPRESSED' },
    }),
  );
  expect(await get()).toMatchObject([{ status_id: 4 }]);
});

test('findings can be named by metadata.uid, and what nobody knows is unprocessed', async () => {
  await enable();
  await importOne();
  const [finding] = await get();
  const uid = String(memberOf(memberOf(finding, 'metadata'), 'uid'));
  const updated = await client.send(new BatchUpdateFindingsV2Command({ MetadataUids: [uid, 'nobody'], StatusId: 2 }));
  expect(updated).toMatchObject({
    ProcessedFindings: [{ MetadataUid: uid }],
    UnprocessedFindings: [{ MetadataUid: 'nobody', ErrorCode: 'ResourceNotFoundException' }],
  });
});

test.each([
  { what: 'both kinds of names', input: { MetadataUids: ['a'], StatusId: 4 } },
  { what: 'no finding', input: { FindingIdentifiers: [], StatusId: 4 } },
  { what: '101 findings', input: { FindingIdentifiers: Array(101).fill(IDENTIFIER) } },
  { what: 'the status of archived ones', input: { StatusId: 5 } },
  { what: 'a comment of 513 characters', input: { Comment: 'x'.repeat(513) } },
])('an update with $what is refused', async ({ input }) => {
  await enable();
  await expect(update(input)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a control that passes resolves its finding, and one that fails again makes it new', async () => {
  await enable();
  await importOne();
  await importOne({ Compliance: { Status: 'PASSED', SecurityControlId: 'EC2.13' } });
  expect(await get()).toMatchObject([{ status_id: 4, compliance: { status: 'Pass' } }]);
  await importOne();
  expect(await get()).toMatchObject([{ status_id: 1, compliance: { status: 'Fail' } }]);
});

const string = (FieldName: 'finding_info.uid' | 'resources.uid' | 'cloud.account.uid', Value: string) => ({
  FieldName,
  Filter: { Value, Comparison: 'EQUALS' as const },
});

test.each<{ what: string; composite: CompositeFilter; found: number }>([
  { what: 'an id', composite: { StringFilters: [string('finding_info.uid', 'one')] }, found: 1 },
  { what: 'another id', composite: { StringFilters: [string('finding_info.uid', 'two')] }, found: 0 },
  {
    what: 'one of two resources',
    composite: { StringFilters: [string('resources.uid', 'sg-0'), string('resources.uid', 'sg-1')], Operator: 'OR' },
    found: 1,
  },
  {
    what: 'both of two accounts',
    composite: {
      StringFilters: [string('cloud.account.uid', member), string('cloud.account.uid', hub)],
      Operator: 'AND',
    },
    found: 0,
  },
  {
    what: 'a status',
    composite: { NumberFilters: [{ FieldName: 'status_id', Filter: { Eq: 4 } }] },
    found: 0,
  },
])('findings are filtered by $what', async ({ composite, found }) => {
  await enable();
  await importOne();
  expect(await get(composite)).toHaveLength(found);
});

test('a member sees its own Region, and what is stale shows neither finding nor update', async () => {
  await enable();
  await importOne();
  expect(await get({}, at(member))).toHaveLength(1);
  expect(await get({}, at(member, linked))).toEqual([]);
  sandbox.world.faults.add({ kind: 'stale', seconds: 60 });
  await sandbox.world.clock.advance(100_000);
  await update({ StatusId: 4 });
  expect(await get()).toMatchObject([{ status_id: 1 }]);
  await sandbox.world.clock.advance(60_001);
  expect(await get()).toMatchObject([{ status_id: 4 }]);
});
