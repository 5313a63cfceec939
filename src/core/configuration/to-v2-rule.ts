import { failure, success, type Result } from '../result';
import type { AutomationRule } from './schema/automation-rule-schema';

/** A rule of Security Hub V2, in the words of its API with a small letter first. */
export interface V2Rule {
  readonly description: string;
  readonly composites: readonly V2Composite[];
  readonly update: { readonly severityId?: number; readonly statusId?: number; readonly comment?: string };
}

/** Filters of one field; all composites of a rule must match. */
export interface V2Composite {
  readonly stringFilters?: readonly V2Filter<{ readonly value: string; readonly comparison: string }>[];
  readonly mapFilters?: readonly V2Filter<{
    readonly key: string;
    readonly value: string;
    readonly comparison: string;
  }>[];
  readonly dateFilters?: readonly V2Filter<{ readonly start: string; readonly end: string }>[];
  readonly operator: 'AND' | 'OR';
}

interface V2Filter<Filter> {
  readonly fieldName: string;
  readonly filter: Filter;
}

export interface V2Mistake {
  /** Within the rule. */
  readonly path: readonly string[];
  readonly message: string;
}

type Criteria = AutomationRule['criteria'];
type Name = keyof Criteria;
type Words = Readonly<Record<string, string>>;

/**
 * Of the fields that GetFindingsV2 can be asked for, those that CloudFormation's type takes: neither status nor
 * comment, and of severities the provider's.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-securityhub-automationrulev2-ocsfstringfilter.html
 */
const TEXTS: Partial<Readonly<Record<Name, { readonly field: string; readonly words?: Words }>>> = {
  AwsAccountId: { field: 'cloud.account.uid' },
  ComplianceAssociatedStandardsId: { field: 'compliance.standards' },
  ComplianceSecurityControlId: { field: 'compliance.control' },
  ComplianceStatus: { field: 'compliance.status', words: { PASSED: 'Pass', WARNING: 'Warning', FAILED: 'Fail' } },
  Description: { field: 'finding_info.desc' },
  Id: { field: 'finding_info.uid' },
  ProductArn: { field: 'metadata.product.uid' },
  ProductName: { field: 'metadata.product.name' },
  RecordState: { field: 'activity_name', words: { ACTIVE: 'Close', ARCHIVED: 'Close' } },
  ResourceId: { field: 'resources.uid' },
  ResourceRegion: { field: 'resources.region' },
  ResourceType: {
    field: 'resources.type',
    words: { AwsEc2SecurityGroup: 'AWS::EC2::SecurityGroup', AwsEc2NetworkAcl: 'AWS::EC2::NetworkAcl' },
  },
  SeverityLabel: {
    field: 'vendor_attributes.severity',
    words: { INFORMATIONAL: 'Informational', LOW: 'Low', MEDIUM: 'Medium', HIGH: 'High', CRITICAL: 'Critical' },
  },
  Title: { field: 'finding_info.title' },
  Type: { field: 'finding_info.types' },
};

/** https://docs.aws.amazon.com/securityhub/latest/APIReference/API_OcsfDateFilter.html */
const DATES: Partial<Readonly<Record<Name, string>>> = {
  CreatedAt: 'finding_info.created_time_dt',
  FirstObservedAt: 'finding_info.first_seen_time_dt',
  LastObservedAt: 'finding_info.last_seen_time_dt',
  UpdatedAt: 'finding_info.modified_time_dt',
};

const SEVERITY_IDS = { INFORMATIONAL: 1, LOW: 2, MEDIUM: 3, HIGH: 4, CRITICAL: 5 } as const;
const STATUS_IDS = { NEW: 1, NOTIFIED: 2, SUPPRESSED: 3, RESOLVED: 4 } as const;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-securityhub-automationrulev2.html */
const MAX_DESCRIPTION = 256;
const MAX_COMPOSITES = 10;
const MAX_FILTERS = 20;

/**
 * A rule as Security Hub V2 has it. What only CSPM knows is no part of it, and is refused rather than left out: a rule
 * with a criterion less would change more findings.
 */
export function toV2Rule({
  criteria,
  action,
  description,
  terminal,
}: AutomationRule): Result<V2Rule, readonly V2Mistake[]> {
  const mistakes: V2Mistake[] = [];
  const refuse = (message: string, ...path: readonly string[]): readonly V2Composite[] => {
    mistakes.push({ path, message });
    return [];
  };
  if (description.length > MAX_DESCRIPTION) {
    refuse(`has ${String(description.length)} characters, and V2 takes ${String(MAX_DESCRIPTION)}`, 'description');
  }
  if (terminal) refuse('ends the rules, and rules of V2 all run', 'terminal');
  if (action.userDefinedFields !== undefined) {
    refuse('are fields that findings of V2 do not have', 'action', 'userDefinedFields');
  }
  const composites = Object.entries(criteria).flatMap(([name, values]) => {
    if (values === undefined) return [];
    const made = toComposites(name as Name, values);
    return made.ok ? made.value : refuse(made.error, 'criteria', name);
  });
  if (composites.length > MAX_COMPOSITES) {
    refuse(`are ${String(composites.length)} groups of conditions, and V2 takes ${String(MAX_COMPOSITES)}`, 'criteria');
  }
  const { severity, workflow, note } = action;
  const update = {
    ...(severity === undefined ? {} : { severityId: SEVERITY_IDS[severity] }),
    ...(workflow === undefined ? {} : { statusId: STATUS_IDS[workflow] }),
    ...(note === undefined ? {} : { comment: note }),
  };
  return mistakes.length > 0 ? failure(mistakes) : success({ description, composites, update });
}

type Values = NonNullable<Criteria[Name]>;

function toComposites(name: Name, values: Values): Result<readonly V2Composite[], string> {
  const date = DATES[name];
  if (date !== undefined) {
    const ranges = (values as NonNullable<Criteria['UpdatedAt']>).map((filter) => ({ fieldName: date, filter }));
    return limited([{ dateFilters: ranges, operator: 'OR' }]);
  }
  if (name === 'ResourceTags') {
    const maps = (values as NonNullable<Criteria['ResourceTags']>).map((filter) => ({
      fieldName: 'resources.tags',
      filter,
    }));
    return limited(byDirection(maps).map(({ filters, operator }) => ({ mapFilters: filters, operator })));
  }
  const text = TEXTS[name];
  if (text === undefined) return failure('is nothing that rules of V2 can ask for');
  const stringFilters = [];
  for (const value of values as NonNullable<Criteria['Title']>) {
    const written = typeof value === 'string' ? { comparison: 'EQUALS', value } : value;
    const filters = toTexts(name, written, text.words);
    if (!filters.ok) return filters;
    stringFilters.push(...filters.value.map((filter) => ({ fieldName: text.field, filter })));
  }
  if (name === 'RecordState' && stringFilters.length > 1) return failure('is one value in V2, ACTIVE or ARCHIVED');
  return limited(byDirection(stringFilters).map(({ filters, operator }) => ({ stringFilters: filters, operator })));
}

interface Text {
  readonly comparison: string;
  readonly value: string;
}

function toTexts(name: Name, { comparison, value }: Text, words: Words | undefined): Result<readonly Text[], string> {
  if (words === undefined || (name === 'ResourceType' && value.startsWith('AWS::'))) {
    if (name === 'ProductArn') return success([{ comparison, value: value.replace('::product/', '::productv2/') }]);
    return success([...(name === 'ResourceId' ? ownId(comparison, value) : []), { comparison, value }]);
  }
  const word = Object.hasOwn(words, value) ? words[value] : undefined;
  if (word === undefined) {
    const known = Object.keys(words).join(', ');
    return failure(`has "${value}", for which V2 has no word; ${known} have one`);
  }
  if (comparison !== 'EQUALS' && comparison !== 'NOT_EQUALS') {
    return failure(
      `has ${comparison}, and V2 has words of its own for the values: only EQUALS and NOT_EQUALS hold there`,
    );
  }
  // What is archived in CSPM was closed in V2.
  const isTurned = name === 'RecordState' && value === 'ACTIVE';
  return success([{ comparison: isTurned ? TURNED[comparison] : comparison, value: word }]);
}

const TURNED = { EQUALS: 'NOT_EQUALS', NOT_EQUALS: 'EQUALS' } as const;

/** V2 names some resources by their own id, with the ARN where no filter looks. Ids of EC2 are nobody else's. */
function ownId(comparison: string, value: string): readonly Text[] {
  const id = /^arn:[^:]+:ec2:[^:]*:\d{12}:[a-z-]+\/([a-z]+-[0-9a-f]+)$/.exec(value)?.[1];
  return id !== undefined && comparison.endsWith('EQUALS') ? [{ comparison, value: id }] : [];
}

/** Of one field, what must be is joined by OR, what must not be by AND, as in CSPM. */
function byDirection<Filter extends { readonly filter: { readonly comparison: string } }>(filters: readonly Filter[]) {
  const isNegative = ({ filter }: Filter) => filter.comparison.includes('NOT_');
  const groups = [
    { filters: filters.filter((each) => !isNegative(each)), operator: 'OR' as const },
    { filters: filters.filter(isNegative), operator: 'AND' as const },
  ];
  return groups.filter((group) => group.filters.length > 0);
}

function limited(composites: readonly V2Composite[]): Result<readonly V2Composite[], string> {
  const most = Math.max(
    0,
    ...composites.map(({ stringFilters = [], mapFilters = [], dateFilters = [] }) =>
      Math.max(stringFilters.length, mapFilters.length, dateFilters.length),
    ),
  );
  if (most <= MAX_FILTERS) return success(composites);
  return failure(`needs ${String(most)} values in V2, which takes ${String(MAX_FILTERS)}`);
}
