import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import type { FindingQueue } from './finding-queue';
import { FindingRule } from './finding-rule';

export interface LiftedRuleProps {
  readonly names: DeploymentNames;
  readonly destination: FindingQueue;
}

/**
 * Findings that an exception suppressed and that somebody has taken out of SUPPRESSED: whatever their control, that
 * ends the exception. Whatever ends one otherwise writes another outcome with the new status.
 */
export class LiftedRule extends Construct {
  readonly rule: FindingRule;

  constructor(scope: Construct, id: string, { names, destination }: LiftedRuleProps) {
    super(scope, id);
    this.rule = new FindingRule(this, 'Lifted', {
      name: names.eventRule('ExceptionLifted'),
      description: 'Findings under an exception that somebody has taken out of SUPPRESSED',
      pattern: {
        source: ['aws.securityhub'],
        'detail-type': ['Security Hub Findings - Imported'],
        detail: {
          findings: {
            RecordState: ['ACTIVE'],
            Workflow: { Status: ['NEW', 'NOTIFIED', 'RESOLVED'] },
            UserDefinedFields: { PortcullisOutcome: ['excepted'] },
          },
        },
      },
      enabled: true,
      destination,
    });
  }
}
