import { Stack, type Environment } from 'aws-cdk-lib';
import { CfnAutomationRule } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
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
      // Logical ids come from names, not from places in the list: a rule that moves is updated, not made anew. The
      // construct between puts a hash of the whole name into the id, punctuation included.
      new CfnAutomationRule(new Construct(this, rule.name), 'Resource', toAutomationRuleProps(rule, prefix));
    });
  }
}
