import { Stack, type Environment } from 'aws-cdk-lib';
import { CfnAutomationRule, CfnAutomationRuleV2 } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import type { Configuration } from '../src/core/configuration/schema/configuration-schema';
import { isFor } from '../src/core/configuration/mistakes/find-rule-mistakes';
import { toAutomationRules } from '../src/core/configuration/to-automation-rules';
import { toAutomationRuleProps } from './automation-rule-props';
import { toAutomationRuleV2Props } from './automation-rule-v2-props';
import { bootstrapless } from './bootstrapless';

export interface RulesStackProps {
  readonly env: Environment;
  readonly configuration: Configuration;
  /** Which Security Hubs have rules in this Region. */
  readonly hubs: readonly ('cspm' | 'v2')[];
}

/**
 * Security Hub automation rules in the administrator account. One of CSPM acts in its own Region only; one of V2 is
 * made in the home Region, and acts in all that are linked to it.
 */
export class RulesStack extends Stack {
  constructor(scope: Construct, id: string, { env, configuration, hubs }: RulesStackProps) {
    super(scope, id, {
      env,
      description: 'Portcullis: Security Hub automation rules of one Region',
      synthesizer: bootstrapless(),
    });
    const { prefix, securityHub } = configuration;
    for (const { rule } of toAutomationRules(configuration)) {
      // Logical ids come from names, not from places in the list: a rule that moves is updated, not made anew. The
      // construct between puts a hash of the whole name into the id, punctuation included.
      const place = new Construct(this, rule.name);
      if (hubs.includes('cspm') && isFor('cspm', securityHub, rule)) {
        new CfnAutomationRule(place, 'Resource', toAutomationRuleProps(rule, prefix));
      }
      if (hubs.includes('v2') && isFor('v2', securityHub, rule)) {
        new CfnAutomationRuleV2(place, 'V2', toAutomationRuleV2Props(rule, prefix));
      }
    }
  }
}

/** In which Regions there are automation rules, and of which Security Hub; the home Region of V2 comes last. */
export function ruleRegions(
  configuration: Configuration,
): readonly { readonly region: string; readonly hubs: readonly ('cspm' | 'v2')[] }[] {
  const { securityHub, hub, members, automationRuleRegions } = configuration;
  const rules = toAutomationRules(configuration);
  const has = (of: 'cspm' | 'v2') => rules.some(({ rule }) => isFor(of, securityHub, rule));
  const cspm = has('cspm') ? (automationRuleRegions ?? members.regions) : [];
  const v2 = has('v2') ? [hub.aggregationRegion] : [];
  return [...new Set([...cspm, ...v2])].map((region) => ({
    region,
    hubs: [...(cspm.includes(region) ? (['cspm'] as const) : []), ...(v2.includes(region) ? (['v2'] as const) : [])],
  }));
}
