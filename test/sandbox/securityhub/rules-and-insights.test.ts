import {
  BatchDeleteAutomationRulesCommand,
  BatchGetAutomationRulesCommand,
  BatchImportFindingsCommand,
  BatchUpdateFindingsV2Command,
  CreateAutomationRuleCommand,
  CreateAutomationRuleV2Command,
  CreateInsightCommand,
  DeleteAutomationRuleV2Command,
  DeleteInsightCommand,
  EnableSecurityHubV2Command,
  GetAutomationRuleV2Command,
  GetFindingsCommand,
  GetFindingsV2Command,
  GetInsightResultsCommand,
  GetInsightsCommand,
  ListAutomationRulesCommand,
  ListAutomationRulesV2Command,
  SecurityHubClient,
  type CompositeFilter,
  type CreateAutomationRuleV2CommandInput,
} from '@aws-sdk/client-securityhub';

import type { Sandbox } from '../../../sandbox/sandbox';
import { createSecurityHub } from '../../../sandbox/securityhub/securityhub-service';
import { asAdministrator, home, hub, linked, member, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
let client: SecurityHubClient;
beforeEach(async () => {
  sandbox = await startSmallSandbox(createSecurityHub());
  client = at();
});
afterEach(() => sandbox.stop());

const at = (account = hub, region = home) => new SecurityHubClient(asAdministrator(sandbox, account, region));
const PRODUCT = `arn:aws:securityhub:${home}::product/aws/securityhub`;

async function importOne(Id = 'one', UpdatedAt = '2026-01-02T00:00:00.000Z', more: object = {}): Promise<void> {
  const finding = {
    ...{ SchemaVersion: '2018-10-08', Id, ProductArn: PRODUCT, GeneratorId: 'security-control/EC2.13' },
    ...{ AwsAccountId: member, CreatedAt: '2026-01-01T00:00:00.000Z', UpdatedAt },
    ...{ Severity: { Label: 'HIGH' as const }, Title: 'Open', Description: 'tcp 22 is open' },
    Resources: [
      {
        Type: 'AwsEc2SecurityGroup',
        Id: `arn:aws:ec2:${home}:${member}:security-group/sg-1`,
        Tags: { stage: 'prod' },
      },
    ],
    Compliance: { Status: 'FAILED' as const, SecurityControlId: 'EC2.13' },
    ...more,
  };
  const { FailedFindings } = await at(member).send(new BatchImportFindingsCommand({ Findings: [finding] }));
  expect(FailedFindings).toEqual([]);
}

const equals = (FieldName: 'status' | 'severity' | 'cloud.account.uid', Value: string) => ({
  FieldName,
  Filter: { Comparison: 'EQUALS' as const, Value },
});
const composites = (...CompositeFilters: CompositeFilter[]) => ({ OcsfFindingCriteria: { CompositeFilters } });
const makeV2 = (RuleOrder: number, StatusId: number, more: Partial<CreateAutomationRuleV2CommandInput> = {}) =>
  client.send(
    new CreateAutomationRuleV2Command({
      ...{ RuleName: `rule ${String(RuleOrder)}`, RuleOrder, Description: 'test' },
      Criteria: composites({ StringFilters: [equals('cloud.account.uid', member)] }),
      Actions: [
        { Type: 'FINDING_FIELDS_UPDATE', FindingFieldsUpdate: { StatusId, Comment: `by ${String(RuleOrder)}` } },
      ],
      ...more,
    }),
  );
const facesOf = async () => (await client.send(new GetFindingsV2Command({}))).Findings;

describe('rules of Security Hub V2', () => {
  beforeEach(() => client.send(new EnableSecurityHubV2Command({})));

  test('act on what is imported, each on what those before it made of it, and not on updates or in CSPM', async () => {
    await makeV2(20, 3, { Criteria: composites({ StringFilters: [equals('status', 'In Progress')] }) });
    await makeV2(10, 2);
    await importOne();
    expect(await facesOf()).toMatchObject([{ status: 'Suppressed', comment: 'by 20' }]);
    const { Findings } = await client.send(new GetFindingsCommand({}));
    expect(Findings).toMatchObject([{ Workflow: { Status: 'NEW' } }]);
    const name = {
      ...{ CloudAccountUid: member, FindingInfoUid: 'one' },
      MetadataProductUid: PRODUCT.replace('::product/', '::productv2/'),
    };
    await client.send(new BatchUpdateFindingsV2Command({ FindingIdentifiers: [name], StatusId: 4 }));
    expect(await facesOf()).toMatchObject([{ status: 'Resolved' }]);
  });

  test('ask for tags of resources, and for when the finding was updated', async () => {
    const tag = { FieldName: 'resources.tags', Filter: { Key: 'stage', Value: 'prod', Comparison: 'EQUALS' } } as const;
    const until = {
      FieldName: 'finding_info.modified_time_dt',
      Filter: { Start: '1970-01-01T00:00:00Z', End: '2026-06-01T00:00:00Z' },
    } as const;
    await makeV2(1, 3, { Criteria: composites({ MapFilters: [tag] }, { DateFilters: [until] }) });
    await importOne('before');
    await importOne('after', '2026-06-02T00:00:00.000Z');
    expect(await facesOf()).toMatchObject([{ status: 'Suppressed' }, { status: 'New' }]);
  });

  test('are listed, read and deleted', async () => {
    const { RuleId = '', RuleArn } = await makeV2(1, 3);
    expect((await client.send(new ListAutomationRulesV2Command({}))).Rules).toMatchObject([
      { RuleId, RuleName: 'rule 1' },
    ]);
    const rule = await client.send(new GetAutomationRuleV2Command({ Identifier: RuleId }));
    expect(rule).toMatchObject({ RuleArn, Actions: [{ FindingFieldsUpdate: { StatusId: 3 } }] });
    await client.send(new DeleteAutomationRuleV2Command({ Identifier: RuleArn }));
    await importOne();
    expect(await facesOf()).toMatchObject([{ status: 'New' }]);
  });

  test('are made by the administrator in the home Region alone', async () => {
    const input = {
      ...{ RuleName: 'x', RuleOrder: 1, Description: 'x', Criteria: composites({}) },
      Actions: [{ Type: 'FINDING_FIELDS_UPDATE' as const, FindingFieldsUpdate: { StatusId: 3 } }],
    };
    const make = (account: string, region: string) =>
      at(account, region).send(new CreateAutomationRuleV2Command(input));
    await at(hub, linked).send(new EnableSecurityHubV2Command({}));
    await expect(make(member, home)).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(make(hub, linked)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

test('without V2 there are no rules of it', async () => {
  await expect(makeV2(1, 3)).rejects.toMatchObject({ name: 'ConflictException' });
});

test('rules of CSPM are made, listed, read and deleted by the API as well', async () => {
  const input = {
    ...{ RuleName: 'Suppress', RuleOrder: 1, Description: 'test' },
    Criteria: { AwsAccountId: [{ Value: member, Comparison: 'EQUALS' as const }] },
    Actions: [
      { Type: 'FINDING_FIELDS_UPDATE' as const, FindingFieldsUpdate: { Workflow: { Status: 'SUPPRESSED' as const } } },
    ],
  };
  const { RuleArn = '' } = await client.send(new CreateAutomationRuleCommand(input));
  const listed = await client.send(new ListAutomationRulesCommand({}));
  expect(listed.AutomationRulesMetadata).toMatchObject([{ RuleArn, RuleName: 'Suppress', RuleStatus: 'ENABLED' }]);
  const gone = `${RuleArn}-gone`;
  const read = await client.send(new BatchGetAutomationRulesCommand({ AutomationRulesArns: [RuleArn, gone] }));
  expect(read).toMatchObject({ Rules: [input], UnprocessedAutomationRules: [{ RuleArn: gone }] });
  await importOne();
  await client.send(new BatchDeleteAutomationRulesCommand({ AutomationRulesArns: [RuleArn] }));
  await importOne('two');
  const { Findings } = await client.send(new GetFindingsCommand({}));
  expect(Findings?.map(({ Workflow }) => Workflow?.Status)).toEqual(['SUPPRESSED', 'NEW']);
});

test('an insight groups what it finds over all that the account sees there, the most first', async () => {
  const Filters = { UserDefinedFields: [{ Key: 'PortcullisOutcome', Value: 'closed', Comparison: 'EQUALS' as const }] };
  const input = { Name: 'Closed', GroupByAttribute: 'AwsAccountId', Filters };
  const { InsightArn = '' } = await client.send(new CreateInsightCommand(input));
  await importOne('one', undefined, { UserDefinedFields: { PortcullisOutcome: 'closed' } });
  await importOne('two', undefined, { UserDefinedFields: { PortcullisOutcome: 'asked' } });
  expect((await client.send(new GetInsightsCommand({}))).Insights).toEqual([{ InsightArn, ...input }]);
  expect((await client.send(new GetInsightResultsCommand({ InsightArn }))).InsightResults).toEqual({
    ...{ InsightArn, GroupByAttribute: 'AwsAccountId' },
    ResultValues: [{ GroupByAttributeValue: member, Count: 1 }],
  });
  await client.send(new DeleteInsightCommand({ InsightArn }));
  await expect(client.send(new GetInsightResultsCommand({ InsightArn }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});

test.each([
  ['no filter', {}, 'AwsAccountId'],
  [
    'more than ten fields',
    Object.fromEntries(
      [
        'Id',
        'Title',
        'Description',
        'ProductArn',
        'ProductName',
        'CompanyName',
        'AwsAccountId',
        'Region',
        'GeneratorId',
        'RecordState',
        'ResourceId',
      ].map((field) => [field, [{ Value: 'x', Comparison: 'EQUALS' }]]),
    ),
    'AwsAccountId',
  ],
  ['a group that there is not', { Id: [{ Value: 'x', Comparison: 'EQUALS' }] }, 'Colour'],
])('an insight of %s is refused', async (_, Filters, GroupByAttribute) => {
  const made = client.send(new CreateInsightCommand({ Name: 'x', Filters, GroupByAttribute }));
  await expect(made).rejects.toMatchObject({ name: 'InvalidInputException' });
});
