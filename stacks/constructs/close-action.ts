import { CfnActionTarget } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import type { FindingQueue } from './finding-queue';
import { FindingRule } from './finding-rule';

export interface CloseActionProps {
  readonly names: DeploymentNames;
  readonly destination: FindingQueue;
}

/** The custom action `Close ingress` of the Security Hub console, and the rule that takes its clicks to the queue. */
export class CloseAction extends Construct {
  readonly arn: string;
  readonly rule: FindingRule;

  constructor(scope: Construct, id: string, { names, destination }: CloseActionProps) {
    super(scope, id);
    const action = new CfnActionTarget(this, 'Action', {
      name: names.closeAction.name,
      id: names.closeAction.id,
      description: 'Closes what the selected findings say is open to the internet, reads it back, and resolves them',
    });
    this.arn = action.attrActionTargetArn;
    this.rule = new FindingRule(this, 'Rule', {
      name: names.eventRule('CloseIngress'),
      description: `Findings for which somebody chose "${names.closeAction.name}" in Security Hub`,
      pattern: {
        source: ['aws.securityhub'],
        'detail-type': ['Security Hub Findings - Custom Action'],
        resources: [this.arn],
      },
      enabled: true,
      destination,
    });
  }
}
