import {
  BatchImportFindingsCommand,
  BatchUpdateFindingsCommand,
  CreateActionTargetCommand,
  DescribeActionTargetsCommand,
  GetFindingAggregatorCommand,
  GetFindingsCommand,
  ListFindingAggregatorsCommand,
  ListMembersCommand,
  SecurityHubClient,
  type AwsSecurityFinding,
  type AwsSecurityFindingFilters,
  type BatchUpdateFindingsCommandInput,
} from '@aws-sdk/client-securityhub';

import { EVENTS_PUT, type EventsPut } from '../../../sandbox/events/bus-event';
import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { asAdministrator, home, hub, linked, member, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let events: EventsPut[];
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  events = [];
  sandbox.world.on(EVENTS_PUT, (payload) => events.push(payload as EventsPut));
});
afterEach(() => sandbox.stop());

const at = (account = hub, region = home) => new SecurityHubClient(asAdministrator(sandbox, account, region));

function finding(changes: Partial<AwsSecurityFinding> = {}): AwsSecurityFinding {
  const id = changes.Id ?? 'one';
  return {
    SchemaVersion: '2018-10-08',
    Id: id,
    ProductArn: `arn:aws:securityhub:${home}::product/aws/securityhub`,
    GeneratorId: 'security-control/EC2.13',
    AwsAccountId: member,
    CreatedAt: '2026-01-01T00:00:00.000Z',
    UpdatedAt: '2026-01-02T00:00:00.000Z',
    Severity: { Label: 'HIGH' },
    Title: 'Open',
    Description: 'tcp 22 is open',
    Resources: [{ Type: 'AwsEc2SecurityGroup', Id: `arn:aws:ec2:${home}:${member}:security-group/sg-1` }],
    Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.13' },
    ...changes,
  };
}

const importAll = (findings: readonly AwsSecurityFinding[], account = member, region = home) =>
  at(account, region).send(new BatchImportFindingsCommand({ Findings: [...findings] }));
const get = async (Filters: AwsSecurityFindingFilters = {}, account = hub, region = home) =>
  (await at(account, region).send(new GetFindingsCommand({ Filters }))).Findings ?? [];
const identifier = (Id = 'one') => ({ Id, ProductArn: finding().ProductArn });
const update = (changes: Partial<BatchUpdateFindingsCommandInput>, account = hub, region = home) =>
  at(account, region).send(new BatchUpdateFindingsCommand({ FindingIdentifiers: [identifier()], ...changes }));

test('an imported finding is completed as Security Hub does', async () => {
  expect(await importAll([finding()])).toMatchObject({ SuccessCount: 1, FailedCount: 0 });
  expect(await get()).toMatchObject([
    {
      Region: home,
      ProductName: 'Security Hub',
      CompanyName: 'AWS',
      Severity: { Label: 'HIGH', Normalized: 70 },
      FindingProviderFields: { Severity: { Label: 'HIGH' } },
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
      ProcessedAt: '2026-01-31T12:00:00.000Z',
      UpdatedAt: '2026-01-02T00:00:00.000Z',
      ProductFields: { 'aws/securityhub/FindingId': `${finding().ProductArn ?? ''}/one` },
    },
  ]);
});

test('a finding of a linked Region shows there and in the aggregation Region of the hub', async () => {
  await importAll([finding()], member, linked);
  const places = [
    [member, linked, 1],
    [member, home, 0],
    [hub, linked, 1],
    [hub, home, 1],
  ] as const;
  for (const [account, region, count] of places) expect(await get({}, account, region)).toHaveLength(count);
  expect(events.map(({ account, region }) => [account, region])).toEqual([
    [member, linked],
    [hub, linked],
    [hub, home],
  ]);
  expect(events[0]?.event).toMatchObject({
    source: 'aws.securityhub',
    'detail-type': 'Security Hub Findings - Imported',
    resources: [`${finding().ProductArn ?? ''}/one`],
    detail: { findings: [{ Id: 'one' }] },
  });
});

test('an update from the aggregation Region reaches the member, keeps UpdatedAt and makes an event', async () => {
  await importAll([finding()], member, linked);
  events.length = 0;
  const answer = await update({
    Workflow: { Status: 'RESOLVED' },
    Note: { Text: 'closed', UpdatedBy: 'portcullis' },
    UserDefinedFields: { a: 'b' },
    Severity: { Label: 'LOW' },
  });
  expect(answer).toMatchObject({ ProcessedFindings: [identifier()], UnprocessedFindings: [] });
  expect(await get({}, member, linked)).toMatchObject([
    {
      Workflow: { Status: 'RESOLVED' },
      Note: { Text: 'closed', UpdatedBy: 'portcullis', UpdatedAt: '2026-01-31T12:00:00.000Z' },
      UserDefinedFields: { a: 'b' },
      Severity: { Label: 'LOW', Normalized: 1 },
      UpdatedAt: '2026-01-02T00:00:00.000Z',
    },
  ]);
  expect(events).toHaveLength(3);
});

test('a new import keeps what customers own', async () => {
  await importAll([finding()]);
  const mine = {
    Note: { Text: 'n', UpdatedBy: 'me' },
    UserDefinedFields: { a: 'b' },
    Severity: { Label: 'LOW' as const },
  };
  await update({ ...mine, Workflow: { Status: 'NOTIFIED' } });
  await importAll([
    finding({
      Title: 'Still open',
      Note: { Text: 'x', UpdatedBy: 'x', UpdatedAt: '2026-01-01T00:00:00Z' },
      UserDefinedFields: { x: 'y' },
      Workflow: { Status: 'RESOLVED' },
    }),
  ]);
  expect(await get()).toMatchObject([{ ...mine, Title: 'Still open', Workflow: { Status: 'NOTIFIED' } }]);
  expect((await get())[0]?.UserDefinedFields).toEqual({ a: 'b' });
});

const workflow: readonly [
  name: string,
  before: Partial<AwsSecurityFinding>,
  status: 'NOTIFIED' | 'RESOLVED' | 'SUPPRESSED' | undefined,
  after: Partial<AwsSecurityFinding>,
  expected: string,
][] = [
  ['keeps RESOLVED while it goes on failing', {}, 'RESOLVED', {}, 'RESOLVED'],
  ['is NEW when it fails again', { Compliance: { Status: 'PASSED' } }, undefined, {}, 'NEW'],
  ['is RESOLVED when it passes', {}, 'NOTIFIED', { Compliance: { Status: 'PASSED' } }, 'RESOLVED'],
  ['is NEW when it is taken out of the archive', { RecordState: 'ARCHIVED' }, 'RESOLVED', {}, 'NEW'],
  ['stays SUPPRESSED', { Compliance: { Status: 'PASSED' } }, 'SUPPRESSED', {}, 'SUPPRESSED'],
];

test.each(workflow)('the workflow %s', async (_name, before, status, after, expected) => {
  await importAll([finding(before)]);
  if (status) await update({ Workflow: { Status: status } });
  await importAll([finding(after)]);
  expect(await get()).toMatchObject([{ Workflow: { Status: expected } }]);
});

const badFindings: readonly [name: string, changes: Partial<AwsSecurityFinding>, message: string][] = [
  ['without a title', { Title: '' }, 'Title'],
  ['of another account', { AwsAccountId: hub }, 'AwsAccountId'],
  ['without resources', { Resources: [] }, 'Resources'],
  ['with a bad time', { UpdatedAt: 'yesterday' }, 'UpdatedAt'],
  ['without severity', { Severity: undefined }, 'Severity'],
  ['of another schema', { SchemaVersion: '1' }, 'SchemaVersion'],
];

test.each(badFindings)('a finding %s fails alone', async (_name, changes, message) => {
  const answer = await importAll([finding({ Id: 'bad', ...changes }), finding()]);
  expect(answer).toMatchObject({
    FailedCount: 1,
    SuccessCount: 1,
    FailedFindings: [
      { Id: 'bad', ErrorCode: 'InvalidInput', ErrorMessage: expect.stringContaining(message) as string },
    ],
  });
});

test('findings that cannot be updated are said one by one', async () => {
  await importAll([finding()]);
  const answer = await update({ FindingIdentifiers: [identifier(), identifier('none'), identifier()] });
  expect(answer).toMatchObject({
    ProcessedFindings: [identifier()],
    UnprocessedFindings: [
      { FindingIdentifier: identifier('none'), ErrorCode: 'FindingNotFound' },
      { FindingIdentifier: identifier(), ErrorCode: 'DuplicatedFindingIdentifier' },
    ],
  });
});

test('a member cannot update what it does not see', async () => {
  await importAll([finding()], member, linked);
  expect(await update({ Workflow: { Status: 'RESOLVED' } }, member, home)).toMatchObject({
    ProcessedFindings: [],
    UnprocessedFindings: [{ ErrorCode: 'FindingNotFound' }],
  });
});

const badUpdates: readonly [name: string, changes: Partial<BatchUpdateFindingsCommandInput>][] = [
  ['a note over 512 characters', { Note: { Text: 'x'.repeat(513), UpdatedBy: 'x' } }],
  [
    'more than 50 user-defined fields',
    { UserDefinedFields: Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v'])) },
  ],
  ['an unknown workflow status', { Workflow: { Status: 'DONE' as 'NEW' } }],
  ['a confidence over 100', { Confidence: 101 }],
  ['more than 100 findings', { FindingIdentifiers: Array.from({ length: 101 }, (_, n) => identifier(String(n))) }],
];

test.each(badUpdates)('%s is refused', async (_name, changes) => {
  await importAll([finding()]);
  await expect(update(changes)).rejects.toMatchObject({ name: 'InvalidInputException' });
});

const filters: readonly [filter: AwsSecurityFindingFilters, ids: string][] = [
  [{ Id: [{ Value: 'a', Comparison: 'EQUALS' }] }, 'a'],
  [
    {
      Id: [
        { Value: 'a', Comparison: 'EQUALS' },
        { Value: 'b', Comparison: 'EQUALS' },
      ],
    },
    'a b',
  ],
  [
    {
      Id: [
        { Value: 'a', Comparison: 'NOT_EQUALS' },
        { Value: 'b', Comparison: 'NOT_EQUALS' },
      ],
    },
    'c',
  ],
  [{ Title: [{ Value: 'Ti', Comparison: 'PREFIX' }] }, 'a b c'],
  [
    {
      Title: [
        { Value: 'Ti', Comparison: 'PREFIX' },
        { Value: 'Title b', Comparison: 'NOT_EQUALS' },
      ],
    },
    'a c',
  ],
  [{ Title: [{ Value: 'tle b', Comparison: 'CONTAINS' }] }, 'b'],
  [{ ResourceId: [{ Value: 'sg-b', Comparison: 'EQUALS' }], Id: [{ Value: 'a', Comparison: 'EQUALS' }] }, ''],
  [{ ResourceId: [{ Value: 'sg-b', Comparison: 'EQUALS' }] }, 'b'],
  [{ ComplianceSecurityControlId: [{ Value: 'EC2.18', Comparison: 'EQUALS' }] }, 'c'],
  [{ SeverityLabel: [{ Value: 'CRITICAL', Comparison: 'EQUALS' }] }, 'c'],
  [{ UpdatedAt: [{ Start: '2026-01-30T00:00:00Z', End: '2026-01-31T00:00:00Z' }] }, 'b'],
  [{ UpdatedAt: [{ DateRange: { Value: 2, Unit: 'DAYS' } }] }, 'b'],
  [{ Confidence: [{ Gte: 50 }] }, 'a'],
  [{ ResourceTags: [{ Key: 'env', Value: 'prod', Comparison: 'EQUALS' }] }, 'a'],
];

test.each(filters)('GetFindings with %j finds "%s"', async (filter, ids) => {
  await importAll(
    ['a', 'b', 'c'].map((Id) =>
      finding({
        Id,
        Title: `Title ${Id}`,
        Resources: [{ Type: 'X', Id: `sg-${Id}`, ...(Id === 'a' ? { Tags: { env: 'prod' } } : {}) }],
        ...(Id === 'a' ? { Confidence: 60 } : {}),
        ...(Id === 'b' ? { UpdatedAt: '2026-01-30T12:00:00Z' } : {}),
        ...(Id === 'c'
          ? { Compliance: { Status: 'FAILED', SecurityControlId: 'EC2.18' }, Severity: { Normalized: 95 } }
          : {}),
      }),
    ),
  );
  const found = await get(filter);
  expect(found.map(({ Id }) => Id).join(' ')).toBe(ids);
});

test('GetFindings sorts and pages', async () => {
  await importAll(['a', 'b', 'c'].map((Id) => finding({ Id })));
  const query = { SortCriteria: [{ Field: 'Id', SortOrder: 'desc' as const }], MaxResults: 2 };
  const first = await at().send(new GetFindingsCommand(query));
  const second = await at().send(new GetFindingsCommand({ ...query, NextToken: first.NextToken }));
  expect([first, second].map(({ Findings }) => Findings?.map(({ Id }) => Id))).toEqual([['c', 'b'], ['a']]);
  expect(second.NextToken).toBeUndefined();
});

test('a filter that the sandbox does not know is refused, and more than 20 values too', async () => {
  const value = { Value: 'x', Comparison: 'EQUALS' as const };
  await expect(get({ MalwareName: [value] })).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: expect.stringContaining('MalwareName') as string,
  });
  await expect(get({ Id: Array.from({ length: 21 }, () => value) })).rejects.toMatchObject({
    name: 'InvalidInputException',
  });
});

const rule = (RuleName: string, RuleOrder: number, FindingFieldsUpdate: object, more: object = {}) =>
  provision(sandbox, 'AWS::SecurityHub::AutomationRule', {
    RuleName,
    RuleOrder,
    Description: 'test',
    Criteria: { AwsAccountId: [{ Value: member, Comparison: 'EQUALS' }] },
    Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate }],
    ...more,
  });

test('automation rules act on import, in their order, before the event', async () => {
  await rule('late', 2, { Severity: { Label: 'CRITICAL' } });
  await rule('early', 1, { Severity: { Label: 'LOW' }, Note: { Text: 'seen', UpdatedBy: 'rule' } });
  await rule('off', 3, { Severity: { Label: 'INFORMATIONAL' } }, { RuleStatus: 'DISABLED' });
  await importAll([finding()]);
  const expected = { Severity: { Label: 'CRITICAL', Normalized: 90 }, Note: { Text: 'seen' } };
  expect(await get()).toMatchObject([expected]);
  expect(events[0]?.event.detail).toMatchObject({ findings: [expected] });
});

test('a terminal rule is the last', async () => {
  await rule('last', 1, { Workflow: { Status: 'SUPPRESSED' } }, { IsTerminal: true });
  await rule('never', 2, { Workflow: { Status: 'NEW' } });
  await importAll([finding()]);
  expect(await get()).toMatchObject([{ Workflow: { Status: 'SUPPRESSED' } }]);
});

test('automation rules act in their Region only, and not on updates', async () => {
  await rule('home', 1, { Confidence: 1 });
  await importAll([finding()], member, linked);
  await update({ Note: { Text: 'x', UpdatedBy: 'x' } });
  expect((await get())[0]?.Confidence).toBeUndefined();
});

const badRules: readonly [name: string, more: object][] = [
  ['an unknown criterion', { Criteria: { Colour: [{ Value: 'x', Comparison: 'EQUALS' }] } }],
  ['an order over 1000', { RuleOrder: 1001 }],
  ['two actions', { Actions: [1, 2].map(() => ({ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: {} })) }],
  [
    'more than 20 values',
    { Criteria: { Id: Array.from({ length: 21 }, () => ({ Value: 'x', Comparison: 'EQUALS' })) } },
  ],
];

test.each(badRules)('an automation rule with %s fails the deployment', async (_name, more) => {
  await expect(rule('bad', 1, {}, more)).rejects.toMatchObject({
    code: expect.stringMatching(/^(ValidationError|InvalidInputException)$/) as string,
  });
});

test('a member cannot have automation rules', async () => {
  const made = provision(
    sandbox,
    'AWS::SecurityHub::AutomationRule',
    {
      RuleName: 'x',
      RuleOrder: 1,
      Description: 'x',
      Criteria: {},
      Actions: [{ Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: {} }],
    },
    { account: member },
  );
  await expect(made).rejects.toMatchObject({ code: 'AccessDeniedException' });
});

test('custom actions are made by templates and by the API, within their limits', async () => {
  const made = await provision(sandbox, 'AWS::SecurityHub::ActionTarget', {
    Name: 'Close ingress',
    Description: 'Closes',
    Id: 'PortcullisClose',
  });
  expect(made.ref).toBe(`arn:aws:securityhub:${home}:${hub}:action/custom/PortcullisClose`);
  expect(await at().send(new DescribeActionTargetsCommand({}))).toMatchObject({
    ActionTargets: [{ ActionTargetArn: made.ref, Name: 'Close ingress' }],
  });
  const create = (Name: string, Id: string) => at().send(new CreateActionTargetCommand({ Name, Description: 'x', Id }));
  await expect(create('x'.repeat(21), 'a')).rejects.toMatchObject({ name: 'InvalidInputException' });
  await expect(create('x', 'a-b')).rejects.toMatchObject({ name: 'InvalidInputException' });
  await expect(create('x', 'PortcullisClose')).rejects.toMatchObject({ name: 'ResourceConflictException' });
});

test('the hub knows its members and its aggregation Region', async () => {
  expect(await at().send(new ListMembersCommand({}))).toMatchObject({ Members: [{ AccountId: member }] });
  const { FindingAggregators = [] } = await at().send(new ListFindingAggregatorsCommand({}));
  const [{ FindingAggregatorArn } = { FindingAggregatorArn: '' }] = FindingAggregators;
  expect(await at().send(new GetFindingAggregatorCommand({ FindingAggregatorArn }))).toMatchObject({
    FindingAggregationRegion: home,
    Regions: [linked],
  });
});
