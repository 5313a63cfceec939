import * as z from 'zod';
import { areDifferent, isListOf } from './lists';
import { withFix } from './fixes';
import { FIGHTS, mayConcernOurs, OWN_FIELDS, type OwnField } from '../mistakes/rules-that-fight';

/**
 * Values one criterion may list.
 * https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AutomationRulesFindingFilters.html
 */
const MANY_VALUES = 100;
const FEW_VALUES = 20;

/** https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html */
export const MAX_AUTOMATION_RULES = 100;

const stringComparison = z.enum(['EQUALS', 'PREFIX', 'NOT_EQUALS', 'PREFIX_NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS']);
const mapComparison = z.enum(['EQUALS', 'NOT_EQUALS', 'CONTAINS', 'NOT_CONTAINS']);

const oneOf = <const Options extends readonly string[]>(options: Options) =>
  withFix(z.enum(options), `write one of ${options.join(', ')}`);

/** A text that says something, of limited length. */
export const text = (maximum: number): z.ZodString => z.string().trim().min(1).max(maximum);

/** `EC2.13` is short for `{ comparison: EQUALS, value: EC2.13 }`. */
const stringFilter = withFix(
  z.union([text(1024), z.strictObject({ comparison: stringComparison, value: text(1024) })]),
  `write a text in quotes, or { comparison: ${stringComparison.options.join(' | ')}, value: "…" }`,
);
/** A key with its value, such as a tag of a resource. */
export const mapFilter = withFix(
  z.strictObject({ key: text(1024), comparison: mapComparison.default('EQUALS'), value: text(1024) }),
  `write { key: environment, value: production }, and comparison: ${mapComparison.options.join(' | ')} where it is not EQUALS`,
);

const moment = withFix(z.iso.datetime(), 'write a moment in UTC, such as 2027-01-31T00:00:00Z');
const dateFilter = withFix(
  z.strictObject({ start: moment, end: moment }),
  'write { start: "2026-01-01T00:00:00Z", end: "2027-01-31T00:00:00Z" }',
);

const listOf = <Item extends z.ZodType>(item: Item, maximum: number) =>
  withFix(
    z.array(item).min(1).max(maximum),
    `list 1 to ${String(maximum)} values; split the rule in two when it needs more`,
  ).optional();

/** The finding fields that a rule may match, by the names that Security Hub gives them. */
const criteria = z
  .strictObject({
    AwsAccountId: listOf(stringFilter, MANY_VALUES),
    ComplianceAssociatedStandardsId: listOf(stringFilter, FEW_VALUES),
    ComplianceSecurityControlId: listOf(stringFilter, FEW_VALUES),
    ComplianceStatus: listOf(stringFilter, FEW_VALUES),
    CreatedAt: listOf(dateFilter, FEW_VALUES),
    Description: listOf(stringFilter, FEW_VALUES),
    FirstObservedAt: listOf(dateFilter, FEW_VALUES),
    GeneratorId: listOf(stringFilter, MANY_VALUES),
    Id: listOf(stringFilter, FEW_VALUES),
    LastObservedAt: listOf(dateFilter, FEW_VALUES),
    NoteText: listOf(stringFilter, FEW_VALUES),
    NoteUpdatedBy: listOf(stringFilter, FEW_VALUES),
    ProductArn: listOf(stringFilter, FEW_VALUES),
    ProductName: listOf(stringFilter, FEW_VALUES),
    RecordState: listOf(stringFilter, FEW_VALUES),
    ResourceDetailsOther: listOf(mapFilter, FEW_VALUES),
    ResourceId: listOf(stringFilter, MANY_VALUES),
    ResourceRegion: listOf(stringFilter, FEW_VALUES),
    ResourceTags: listOf(mapFilter, FEW_VALUES),
    ResourceType: listOf(stringFilter, FEW_VALUES),
    SeverityLabel: listOf(stringFilter, FEW_VALUES),
    Title: listOf(stringFilter, MANY_VALUES),
    Type: listOf(stringFilter, FEW_VALUES),
    UpdatedAt: listOf(dateFilter, FEW_VALUES),
    UserDefinedFields: listOf(mapFilter, FEW_VALUES),
    VerificationState: listOf(stringFilter, FEW_VALUES),
    WorkflowStatus: listOf(stringFilter, FEW_VALUES),
  })
  .refine((filters) => Object.values(filters).some((values) => values !== undefined), {
    message: 'names no finding field, so the rule would change every finding',
  });

const action = z
  .strictObject({
    severity: oneOf(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).optional(),
    workflow: oneOf(['NEW', 'NOTIFIED', 'SUPPRESSED', 'RESOLVED']).optional(),
    note: withFix(text(512), 'write 1 to 512 characters').optional(),
    userDefinedFields: withFix(
      z
        .record(text(128), text(1024))
        .refine((fields) => Object.keys(fields).length <= 50, { message: 'has more than 50 fields' }),
      'write at most 50 pairs of texts, such as { owner: platform-team }',
    ).optional(),
  })
  .refine((changes) => Object.values(changes).some((value) => value !== undefined), {
    message: 'changes nothing',
  });

/** Security Hub allows 256; the stack puts the prefix before it. */
export const ruleName = withFix(text(240), 'write a name of 1 to 240 characters');

/** Where a rule stands among the others. */
export const ruleOrder = withFix(
  z.int().min(1).max(1000),
  'write a whole number from 1 to 1000; rules run in ascending order, and the last one wins',
);

const automationRule = z.strictObject({
  name: ruleName,
  description: withFix(text(1024), 'write 1 to 1024 characters that say why the rule exists'),
  order: ruleOrder,
  terminal: withFix(z.boolean(), 'write true (no later rule is asked) or false').default(false),
  enabled: withFix(z.boolean(), 'write true or false').default(true),
  securityHub: withFix(z.enum(['cspm', 'v2']), 'write cspm or v2, or leave it out: then it is a rule of both')
    .exactOptional()
    .describe('Where both Security Hubs are taken from: the one that alone gets the rule.'),
  criteria: withFix(criteria, 'name at least one field, such as ComplianceSecurityControlId: ["EC2.13"]'),
  action: withFix(action, 'give at least one of severity, workflow, note, userDefinedFields'),
});

/** Asked even while the rule has other mistakes, so that all of them come at once. */
export const automationRuleSchema = OWN_FIELDS.reduce<typeof automationRule>(
  (schema, field) =>
    schema.refine((rule) => !fights(rule, field), {
      path: ['action', field],
      message: FIGHTS[field].message,
      params: { fix: FIGHTS[field].fix },
      when: ({ value }) => typeof value === 'object' && value !== null,
    }),
  automationRule,
);

function fights(rule: unknown, field: OwnField): boolean {
  const { action: changes, criteria: filters } = rule as { readonly action?: unknown; readonly criteria?: unknown };
  return (
    typeof changes === 'object' &&
    changes !== null &&
    Reflect.get(changes, field) !== undefined &&
    mayConcernOurs(filters)
  );
}

// Asked even while a rule has mistakes of its own, so that all mistakes come at once.
const hasName = (rule: unknown): boolean => typeof rule === 'object' && rule !== null && 'name' in rule;

export type AutomationRule = z.output<typeof automationRuleSchema>;

export const automationRulesSchema = withFix(
  z
    .array(automationRuleSchema)
    .max(MAX_AUTOMATION_RULES)
    .refine((rules) => areDifferent(rules.map((rule) => rule.name)), {
      message: 'has two rules of the same name',
      when: ({ value }) => isListOf(value, hasName),
    }),
  `list at most ${String(MAX_AUTOMATION_RULES)} rules, each with a name of its own; that is Security Hub's limit for an administrator account`,
);
