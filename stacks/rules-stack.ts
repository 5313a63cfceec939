import { Stack, type Environment } from 'aws-cdk-lib';
import { CfnAutomationRule } from 'aws-cdk-lib/aws-securityhub';
import type { Construct } from 'constructs';
import type { AutomationRule } from '../src/core/configuration/automation-rule-schema';
import type { Configuration } from '../src/core/configuration/configuration-schema';
import { toAutomationRuleProps } from './automation-rule-props';
import { bootstrapless } from './bootstrapless';

export interface RulesStackProps {
  readonly env: Environment;
  readonly configuration: Configuration;
}

/** Security Hub automation rules of one Region, in the administrator account: a rule acts in its own Region only. */
export class RulesStack extends Stack {
  constructor(scope: Construct, id: string, { env, configuration }: RulesStackProps) {
    super(scope, id, {
      env,
      description: 'Portcullis: Security Hub automation rules of one Region',
      synthesizer: bootstrapless(),
    });
    const { prefix, automationRules } = configuration;
    automationRules.forEach((rule) => {
      new CfnAutomationRule(this, logicalId(rule), toAutomationRuleProps(rule, prefix));
    });
  }
}

/** From the name, not the place in the list: a rule that moves up is updated, not replaced by its neighbour. */
function logicalId(rule: AutomationRule): string {
  return `Rule ${rule.name}`;
}
