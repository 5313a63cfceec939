import {
  BatchGetAutomationRulesCommand,
  GetAutomationRuleV2Command,
  ListAutomationRulesCommand,
  ListAutomationRulesV2Command,
  type AutomationRulesFindingFilters,
  type Criteria,
  type SecurityHubClient,
  type StringFilter,
} from '@aws-sdk/client-securityhub';
import { failure, success } from '../../core/result';
import type { AutomationRuleState, PortResult } from '../../flow/ports';
import { attempt } from '../aws-failure';
import { fetchPages } from '../fetch-pages';
import { inChunks } from '../in-chunks';

const READING = 'The automation rules of Security Hub cannot be read';
/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchGetAutomationRules.html */
const RULES_PER_CALL = 100;

/** Automation rules of CSPM in the client's account and Region, whoever made them. */
export async function fetchAutomationRules(client: SecurityHubClient): PortResult<readonly AutomationRuleState[]> {
  const listed = await fetchPages(READING, async (NextToken) => {
    const page = await client.send(new ListAutomationRulesCommand({ NextToken }));
    return { items: page.AutomationRulesMetadata ?? [], nextToken: page.NextToken };
  });
  if (!listed.ok) return listed;
  const rules: AutomationRuleState[] = [];
  for (const chunk of inChunks(
    listed.value.flatMap(({ RuleArn }) => RuleArn ?? []),
    RULES_PER_CALL,
  )) {
    const read = await attempt(READING, () =>
      client.send(new BatchGetAutomationRulesCommand({ AutomationRulesArns: [...chunk] })),
    );
    if (!read.ok) return read;
    const [left] = read.value.UnprocessedAutomationRules ?? [];
    if (left !== undefined) {
      const cause = `${READING}: ${left.RuleArn ?? ''}: ${left.ErrorMessage ?? 'unprocessed'}`;
      return failure({ code: 'unavailable', retryable: true, cause });
    }
    for (const { RuleArn = '', RuleName = '', RuleStatus, Criteria: criteria = {}, Actions = [] } of read.value.Rules ??
      []) {
      const updates = Actions.flatMap(({ FindingFieldsUpdate }) => FindingFieldsUpdate ?? []);
      rules.push({
        id: RuleArn,
        name: RuleName,
        isEnabled: RuleStatus !== 'DISABLED',
        writes: [
          ...(updates.some(({ Workflow }) => Workflow !== undefined) ? (['workflow'] as const) : []),
          ...(updates.some(({ Note }) => Note !== undefined) ? (['note'] as const) : []),
          ...(updates.some(({ UserDefinedFields }) => UserDefinedFields !== undefined)
            ? (['userDefinedFields'] as const)
            : []),
        ],
        criteria: asWritten(criteria),
      });
    }
  }
  return success(rules);
}

type Asked = Pick<AutomationRulesFindingFilters, 'ComplianceSecurityControlId' | 'ResourceType'>;

function asWritten({ ComplianceSecurityControlId, ResourceType }: Asked): unknown {
  const written = (filters: readonly StringFilter[] | undefined) =>
    filters === undefined || filters.length === 0
      ? {}
      : { filters: filters.map(({ Comparison, Value }) => ({ comparison: Comparison ?? 'EQUALS', value: Value })) };
  const [controls, types] = [written(ComplianceSecurityControlId), written(ResourceType)];
  return {
    ...(controls.filters && { ComplianceSecurityControlId: controls.filters }),
    ...(types.filters && { ResourceType: types.filters }),
  };
}

/** Automation rules of Security Hub V2, whose home Region the client's is. */
export async function fetchAutomationRulesV2(client: SecurityHubClient): PortResult<readonly AutomationRuleState[]> {
  const listed = await fetchPages(READING, async (NextToken) => {
    const page = await client.send(new ListAutomationRulesV2Command({ NextToken }));
    return { items: page.Rules ?? [], nextToken: page.NextToken };
  });
  if (!listed.ok) return listed;
  const rules: AutomationRuleState[] = [];
  for (const { RuleId } of listed.value) {
    const read = await attempt(READING, () => client.send(new GetAutomationRuleV2Command({ Identifier: RuleId })));
    if (!read.ok) return read;
    const { RuleName = '', RuleStatus, Criteria: criteria, Actions = [] } = read.value;
    const updates = Actions.flatMap(({ FindingFieldsUpdate }) => FindingFieldsUpdate ?? []);
    rules.push({
      id: RuleId ?? '',
      name: RuleName,
      isEnabled: RuleStatus !== 'DISABLED',
      writes: [
        ...(updates.some(({ StatusId }) => StatusId !== undefined) ? (['workflow'] as const) : []),
        ...(updates.some(({ Comment }) => Comment !== undefined) ? (['note'] as const) : []),
      ],
      criteria: fromOcsf(criteria),
    });
  }
  return success(rules);
}

const TYPES: Readonly<Record<string, string>> = {
  'AWS::EC2::SecurityGroup': 'AwsEc2SecurityGroup',
  'AWS::EC2::NetworkAcl': 'AwsEc2NetworkAcl',
};

/** Composites of one field, all of which must hold, say what ours say; whatever else they are is not read. */
function fromOcsf(criteria: Criteria | undefined): unknown {
  const { CompositeFilters = [], CompositeOperator } = criteria?.OcsfFindingCriteria ?? {};
  if (CompositeOperator === 'OR' && CompositeFilters.length > 1) return undefined;
  const written: Record<string, readonly object[]> = {};
  for (const { StringFilters = [], Operator, ...others } of CompositeFilters) {
    const [field, ...more] = new Set(StringFilters.map(({ FieldName }) => FieldName));
    const isAlone = more.length === 0 && Object.values(others).every((list) => list === undefined);
    const isAnyOf = Operator === 'OR' || StringFilters.length === 1;
    if (!isAlone || !isAnyOf) continue;
    const filters = StringFilters.map(({ Filter }) => {
      const value = Filter?.Value ?? '';
      return { comparison: Filter?.Comparison ?? 'EQUALS', value: TYPES[value] ?? value };
    });
    if (field === 'compliance.control') written['ComplianceSecurityControlId'] = filters;
    if (field === 'resources.type') written['ResourceType'] = filters;
  }
  return written;
}
