import { Construct } from 'constructs';
import type { CustomActionName } from '../../src/core/configuration/names/deployment-names';
import type { MakeCustomAction } from './custom-action-maker';
import type { FindingQueue } from './finding-queue';
import { FindingRule } from './finding-rule';

export interface CustomActionProps {
  readonly action: CustomActionName;
  readonly description: string;
  readonly make: MakeCustomAction;
  readonly ruleName: string;
  readonly destination: FindingQueue;
}

/** A custom action of the Security Hub console, and the rule that takes its clicks to the queue. */
export class CustomAction extends Construct {
  readonly arn: string;
  readonly rule: FindingRule;

  constructor(scope: Construct, id: string, props: CustomActionProps) {
    super(scope, id);
    const { action, description, make, ruleName, destination } = props;
    this.arn = make(this, { ...action, description });
    this.rule = new FindingRule(this, 'Rule', {
      name: ruleName,
      description: `Findings for which somebody chose "${action.name}" in Security Hub`,
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
