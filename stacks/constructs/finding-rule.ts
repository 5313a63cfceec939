import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { FindingQueue } from './finding-queue';

/** A JSON pattern of EventBridge. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export type EventPattern = Readonly<Record<string, unknown>>;

const IMPORTED = { cspm: 'Security Hub Findings - Imported', v2: 'Findings Imported V2' } as const;

/** Events of one Security Hub about findings that are new or have changed, where they match. */
export function importedFindings(securityHub: keyof typeof IMPORTED, findings: EventPattern): EventPattern {
  return { source: ['aws.securityhub'], 'detail-type': [IMPORTED[securityHub]], detail: { findings } };
}

export interface FindingRuleProps {
  readonly name: string;
  readonly description: string;
  readonly pattern: EventPattern;
  readonly enabled: boolean;
  readonly destination: FindingQueue;
  /**
   * Path of what messages are grouped by, so that a group with very many keeps no others waiting. A message of a rule
   * without it is a group of its own.
   */
  readonly fairBy?: string;
}

/** A rule on the default bus that sends what Security Hub says to the queue of findings. */
export class FindingRule extends Construct {
  readonly name: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, props: FindingRuleProps) {
    super(scope, id);
    const { name, description, pattern, enabled, destination, fairBy } = props;
    const rule = new CfnRule(this, 'Rule', {
      name,
      description,
      state: enabled ? 'ENABLED' : 'DISABLED',
      eventPattern: pattern,
      targets: [
        {
          id: 'Findings',
          arn: destination.queue.queueArn,
          deadLetterConfig: { arn: destination.deadLetters.queueArn },
          ...(fairBy === undefined ? {} : { sqsParameters: { messageGroupId: fairBy } }),
        },
      ],
    });
    this.name = name;
    this.arn = rule.attrArn;
  }
}
