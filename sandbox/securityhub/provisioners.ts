import { z } from 'zod';

import { AwsError } from '../runtime/aws-error';
import type { Provisioner } from '../runtime/operation';
import { booleanProperty, ignoredProperty, integerProperty, parseProperties } from '../runtime/parse-properties';
import type { ActionTargets } from './action-targets';
import { updateProblem, type FindingUpdate } from './apply-update';
import type { AutomationRules } from './automation-rules';
import { parseFilters } from './finding-filters';

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

const ruleProperties = z.strictObject({
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

const actionTargetProperties = z.strictObject({ Name: z.string(), Description: z.string(), Id: z.string() });

/** https://docs.aws.amazon.com/securityhub/latest/userguide/automation-rules.html */
const MANY_VALUED = ['AwsAccountId', 'GeneratorId', 'Title', 'ResourceId'];
/** Filters of GetFindings that automation rules do not have. */
const NO_CRITERIA = ['Region', 'SeverityNormalized', 'ProductFields'];

/**
 * Makes custom actions anywhere, and automation rules in the administrator's account.
 * @throws AwsError ValidationError for properties that the sandbox does not have, AccessDeniedException for a rule of
 * another account, InvalidInputException for criteria that automation rules do not know
 */
export function createProvisioners(
  rules: AutomationRules,
  targets: ActionTargets,
): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::SecurityHub::AutomationRule': (properties, { world, account, region }) => {
      const parsed = parseProperties('AWS::SecurityHub::AutomationRule', ruleProperties, properties);
      if (account !== world.hub.account) {
        throw new AwsError('AccessDeniedException', `Account ${account} is not the Security Hub administrator.`, 403);
      }
      const unknown = Object.keys(parsed.Criteria).find((criterion) => NO_CRITERIA.includes(criterion));
      if (unknown !== undefined) throw new AwsError('InvalidInputException', `Criteria.${unknown} does not exist`);
      const [action] = parsed.Actions;
      const update = action?.FindingFieldsUpdate ?? {};
      const problem = updateProblem(update);
      if (problem !== undefined) throw new AwsError('InvalidInputException', `FindingFieldsUpdate: ${problem}`);
      const arn = `arn:${world.partition}:securityhub:${region}:${account}:automation-rule/${world.uuid()}`;
      const createdAt = new Date(world.clock.now()).toISOString();
      rules.add(account, region, {
        arn,
        name: parsed.RuleName,
        order: parsed.RuleOrder,
        enabled: parsed.RuleStatus === 'ENABLED',
        isTerminal: parsed.IsTerminal,
        matches: parseFilters(parsed.Criteria, (field) => (MANY_VALUED.includes(field) ? 100 : 20)),
        update,
      });
      return { ref: arn, attributes: { RuleArn: arn, CreatedAt: createdAt, UpdatedAt: createdAt, CreatedBy: account } };
    },

    'AWS::SecurityHub::ActionTarget': (properties, place) => {
      const parsed = parseProperties('AWS::SecurityHub::ActionTarget', actionTargetProperties, properties);
      const arn = targets.create(place, parsed);
      return { ref: arn, attributes: { ActionTargetArn: arn } };
    },
  };
}
