import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import type { SecurityHubKind } from '../../src/core/security-hub-kind';
import type { FindingQueue } from './finding-queue';
import { FindingRule, importedFindings, type EventPattern } from './finding-rule';

/** Which findings are waited for, in the fields of each Security Hub. */
export interface FindingPatterns {
  /** In the name of the rule; V2's ends in V2. */
  readonly name: string;
  readonly description: string;
  readonly cspm: EventPattern;
  readonly v2: EventPattern;
}

export interface FindingRulesProps {
  readonly names: DeploymentNames;
  readonly securityHub: SecurityHubKind;
  readonly destination: FindingQueue;
  readonly patterns: FindingPatterns;
}

/** The rules that one event about findings needs: one for each Security Hub in use, always enabled. */
export class FindingRules extends Construct {
  readonly rules: readonly FindingRule[];

  constructor(scope: Construct, id: string, { names, securityHub, destination, patterns }: FindingRulesProps) {
    super(scope, id);
    const { name, description, cspm, v2 } = patterns;
    const rule = (suffix: '' | 'V2', pattern: EventPattern) =>
      new FindingRule(this, id + suffix, {
        name: names.eventRule(name + suffix),
        description,
        pattern,
        enabled: true,
        destination,
      });
    this.rules = [
      ...(securityHub === 'v2' ? [] : [rule('', importedFindings('cspm', cspm))]),
      ...(securityHub === 'cspm' ? [] : [rule('V2', importedFindings('v2', v2))]),
    ];
  }
}
