import { createCloudWatch } from './cloudwatch/cloudwatch-service';
import { createDynamodb } from './dynamodb/dynamodb-service';
import { createEc2 } from './ec2/ec2-service';
import { createEvents } from './events/events-service';
import type { Service } from './kernel/operation';
import { createLambda, type LambdaOptions } from './lambda/lambda-service';
import { createLogs } from './logs/logs-service';
import { createSecurityHub } from './securityhub/securityhub-service';
import { createSns } from './sns/sns-service';
import { createSqs } from './sqs/sqs-service';
import { createSsm } from './ssm/ssm-service';

/** Every service of the sandbox but IAM and STS, which each world brings itself. */
export function createServices(options: { readonly lambda?: LambdaOptions } = {}): readonly Service[] {
  return [
    createCloudWatch(),
    createDynamodb(),
    createEc2(),
    createEvents(),
    createLambda(options.lambda),
    createLogs(),
    createSecurityHub(),
    createSns(),
    createSqs(),
    createSsm(),
  ];
}
