import { z } from 'zod';

import type { Provisioner } from '../runtime/operation';
import { parseProperties } from '../runtime/parse-properties';
import type { ActionTargets } from './action-targets';
import type { AutomationRules } from './automation-rules';
import { insightProperties, type Insights } from './insights';
import { makeRule, ruleProperties } from './make-rule';
import { ruleV2Properties, type AutomationRulesV2 } from './v2/automation-rules-v2';

const actionTargetProperties = z.strictObject({ Name: z.string(), Description: z.string(), Id: z.string() });

/**
 * Makes custom actions and insights anywhere, and automation rules in the administrator's account.
 * @throws AwsError ValidationError for properties that the sandbox does not have, AccessDeniedException for a rule of
 * another account, InvalidInputException for criteria that automation rules do not know
 */
export function createProvisioners(
  rules: AutomationRules,
  rulesV2: AutomationRulesV2,
  insights: Insights,
  targets: ActionTargets,
): Readonly<Record<string, Provisioner>> {
  return {
    'AWS::SecurityHub::AutomationRule': (properties, { world, account, region }) => {
      const parsed = parseProperties('AWS::SecurityHub::AutomationRule', ruleProperties, properties);
      const { RuleArn: arn = '', CreatedAt, UpdatedAt } = makeRule(rules, parsed, { world, account, region });
      const at = { CreatedAt: CreatedAt?.toISOString() ?? '', UpdatedAt: UpdatedAt?.toISOString() ?? '' };
      return { ref: arn, attributes: { RuleArn: arn, ...at, CreatedBy: account } };
    },

    'AWS::SecurityHub::AutomationRuleV2': (properties, { world, account, region }) => {
      const parsed = parseProperties('AWS::SecurityHub::AutomationRuleV2', ruleV2Properties, properties);
      const made = rulesV2.add(world, { account, region }, parsed);
      return { ref: made.arn, attributes: { RuleArn: made.arn, RuleId: made.id } };
    },

    'AWS::SecurityHub::Insight': (properties, { world, account, region }) => {
      const parsed = parseProperties('AWS::SecurityHub::Insight', insightProperties, properties);
      const arn = insights.create({ world, account, region }, parsed);
      return { ref: arn, attributes: { InsightArn: arn } };
    },

    'AWS::SecurityHub::ActionTarget': (properties, place) => {
      const parsed = parseProperties('AWS::SecurityHub::ActionTarget', actionTargetProperties, properties);
      const arn = targets.create(place, parsed);
      return { ref: arn, attributes: { ActionTargetArn: arn } };
    },
  };
}
