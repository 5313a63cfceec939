import type { CfnAutomationRuleV2, CfnAutomationRuleV2Props } from 'aws-cdk-lib/aws-securityhub';
import type { AutomationRule } from '../src/core/configuration/schema/automation-rule-schema';
import { toV2Rule, type V2Composite } from '../src/core/configuration/to-v2-rule';

/**
 * A rule of `portcullis.yaml` for Security Hub V2, in CloudFormation's words.
 * @throws Error for one that V2 does not have: reading the configuration has refused it
 */
export function toAutomationRuleV2Props(rule: AutomationRule, prefix: string): CfnAutomationRuleV2Props {
  const made = toV2Rule(rule);
  if (!made.ok) throw new Error(`Rule "${rule.name}": ${made.error.map(({ message }) => message).join('; ')}`);
  const { description, composites, update } = made.value;
  return {
    ruleName: `${prefix}: ${rule.name}`,
    description,
    ruleOrder: rule.order,
    ruleStatus: rule.enabled ? 'ENABLED' : 'DISABLED',
    criteria: {
      ocsfFindingCriteria: { compositeFilters: composites.map(toCompositeFilter), compositeOperator: 'AND' },
    },
    actions: [{ type: 'FINDING_FIELDS_UPDATE', findingFieldsUpdate: update }],
  };
}

function toCompositeFilter(composite: V2Composite): CfnAutomationRuleV2.CompositeFilterProperty {
  const { stringFilters, mapFilters, dateFilters, operator } = composite;
  return {
    operator,
    ...(stringFilters && { stringFilters: [...stringFilters] }),
    ...(mapFilters && { mapFilters: [...mapFilters] }),
    ...(dateFilters && { dateFilters: [...dateFilters] }),
  };
}
