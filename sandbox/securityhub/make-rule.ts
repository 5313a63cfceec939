import type { AutomationRulesConfig } from '@aws-sdk/client-securityhub';
import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import { booleanProperty, ignoredProperty, integerProperty } from '../runtime/parse-properties';
import type { World } from '../runtime/world';
import { updateProblem, type FindingUpdate } from './apply-update';
import type { AutomationRules } from './automation-rules';
import { parseFilters } from './finding-filters';
import { invalidInput } from './securityhub-error';

const percentage = integerProperty.min(0).max(100);

const findingUpdate = z.strictObject({
  Note: z.strictObject({ Text: z.string(), UpdatedBy: z.string() }).optional(),
  Severity: z
    .strictObject({
      Label: z.literal(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']).optional(),
      Normalized: percentage.optional(),
      Product: z.coerce.number().optional(),
    })
    .optional(),
  VerificationState: z.literal(['UNKNOWN', 'TRUE_POSITIVE', 'FALSE_POSITIVE', 'BENIGN_POSITIVE']).optional(),
  Confidence: percentage.optional(),
  Criticality: percentage.optional(),
  Types: z.array(z.string()).max(50).optional(),
  UserDefinedFields: z.record(z.string(), z.string()).optional(),
  Workflow: z.strictObject({ Status: z.literal(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }).optional(),
  RelatedFindings: z
    .array(z.strictObject({ ProductArn: z.string(), Id: z.string() }))
    .max(10)
    .optional(),
}) satisfies z.ZodType<FindingUpdate>;

/** A rule as templates and CreateAutomationRule write it. */
export const ruleProperties = z.strictObject({
  RuleName: z.string().min(1).max(256),
  RuleOrder: integerProperty.min(1).max(1000),
  RuleStatus: z.literal(['ENABLED', 'DISABLED']).default('ENABLED'),
  Description: z.string().min(1).max(1024),
  IsTerminal: booleanProperty.default(false),
  Criteria: z.record(z.string(), z.unknown()),
  Actions: z
    .array(z.strictObject({ Type: z.literal('FINDING_FIELDS_UPDATE'), FindingFieldsUpdate: findingUpdate }))
    .length(1),
  Tags: ignoredProperty,
});

/** https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html */
const MANY_VALUED = ['AwsAccountId', 'GeneratorId', 'Title', 'ResourceId'];
/** Filters of GetFindings that automation rules do not have. */
const NO_CRITERIA = ['Region', 'SeverityNormalized', 'ProductFields'];

/**
 * Makes an automation rule in the administrator's account.
 * @throws AwsError AccessDeniedException for another account, InvalidInputException for criteria that automation rules
 * do not know, LimitExceededException
 */
export function makeRule(
  rules: AutomationRules,
  parsed: z.output<typeof ruleProperties>,
  { world, account, region }: { readonly world: World; readonly account: string; readonly region: string },
): AutomationRulesConfig {
  if (account !== world.hub.account) {
    throw new AwsError('AccessDeniedException', `Account ${account} is not the Security Hub administrator.`, 403);
  }
  const unknown = Object.keys(parsed.Criteria).find((criterion) => NO_CRITERIA.includes(criterion));
  if (unknown !== undefined) throw invalidInput(`Criteria.${unknown} does not exist`);
  const [action] = parsed.Actions;
  const update = action?.FindingFieldsUpdate ?? {};
  const problem = updateProblem(update);
  if (problem !== undefined) throw invalidInput(`FindingFieldsUpdate: ${problem}`);
  const arn = `arn:${world.partition}:securityhub:${region}:${account}:automation-rule/${world.uuid()}`;
  const at = new Date(world.clock.now());
  const { Tags: _, ...written } = parsed;
  const config = {
    ...written,
    RuleArn: arn,
    CreatedAt: at,
    UpdatedAt: at,
    CreatedBy: account,
  } as AutomationRulesConfig;
  rules.add(account, region, {
    arn,
    name: parsed.RuleName,
    order: parsed.RuleOrder,
    enabled: parsed.RuleStatus === 'ENABLED',
    isTerminal: parsed.IsTerminal,
    matches: parseFilters(parsed.Criteria, (field) => (MANY_VALUED.includes(field) ? 100 : 20)),
    update,
    config,
  });
  return config;
}
