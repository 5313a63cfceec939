import type { CfnAutomationRule, CfnAutomationRuleProps } from 'aws-cdk-lib/aws-securityhub';
import type { AutomationRule } from '../src/core/configuration/schema/automation-rule-schema';

type Criteria = AutomationRule['criteria'];
type Filter = NonNullable<Criteria[keyof Criteria]>[number];

/** A rule of `portcullis.yaml` in CloudFormation's words. Its name gets the prefix, so that people see whose it is. */
export function toAutomationRuleProps(rule: AutomationRule, prefix: string): CfnAutomationRuleProps {
  return {
    ruleName: `${prefix}: ${rule.name}`,
    description: rule.description,
    ruleOrder: rule.order,
    isTerminal: rule.terminal,
    ruleStatus: rule.enabled ? 'ENABLED' : 'DISABLED',
    criteria: toCriteria(rule.criteria),
    actions: [{ type: 'FINDING_FIELDS_UPDATE', findingFieldsUpdate: toFieldsUpdate(rule.action, prefix) }],
  };
}

/** CloudFormation's field names are Security Hub's; the CDK's differ in the case of the first letter only. */
function toCriteria(criteria: Criteria): CfnAutomationRule.AutomationRulesFindingFiltersProperty {
  return Object.fromEntries(
    Object.entries(criteria).map(([field, filters]) => [
      field.charAt(0).toLowerCase() + field.slice(1),
      filters?.map(toFilter),
    ]),
  );
}

function toFilter(filter: Filter): object {
  return typeof filter === 'string' ? { comparison: 'EQUALS', value: filter } : filter;
}

function toFieldsUpdate(
  action: AutomationRule['action'],
  prefix: string,
): CfnAutomationRule.AutomationRulesFindingFieldsUpdateProperty {
  return {
    ...(action.severity && { severity: { label: action.severity } }),
    ...(action.workflow && { workflow: { status: action.workflow } }),
    ...(action.note !== undefined && { note: { text: action.note, updatedBy: `${prefix} automation rule` } }),
    ...(action.userDefinedFields && { userDefinedFields: action.userDefinedFields }),
  };
}
