import { createApiGateway, type ApiGatewayOptions } from './apigateway/api-gateway-service';
import { createAthena } from './athena/athena-service';
import { createCloudformation } from './cloudformation/cloudformation-service';
import { createCloudTrail } from './cloudtrail/cloudtrail-service';
import { createCloudWatch } from './cloudwatch/cloudwatch-service';
import { createDynamodb } from './dynamodb/dynamodb-service';
import { createEc2 } from './ec2/ec2-service';
import type { Ec2Options } from './ec2/ec2-state';
import { createElb } from './elb/elb-services';
import { createEvents } from './events/events-service';
import type { Service } from './runtime/operation';
import { createLambda, type LambdaOptions } from './lambda/lambda-service';
import { createLogs } from './logs/logs-service';
import { createOrganizations } from './organizations/organizations-service';
import { createS3 } from './s3/s3-service';
import { createScheduler } from './scheduler/scheduler-service';
import { createOutside } from './outside/outside-service';
import { createSecretsManager } from './secretsmanager/secretsmanager-service';
import { createSecurityHub, type SecurityHubOptions } from './securityhub/securityhub-service';
import { createServiceQuotas } from './servicequotas/servicequotas-service';
import { createSns } from './sns/sns-service';
import { createSqs } from './sqs/sqs-service';
import { createSsm, type SsmOptions } from './ssm/ssm-service';

export interface ServicesOptions {
  readonly apiGateway?: ApiGatewayOptions;
  readonly ec2?: Ec2Options;
  readonly lambda?: LambdaOptions;
  readonly securityHub?: SecurityHubOptions;
  readonly ssm?: SsmOptions;
}

/** Every service of the sandbox but IAM and STS, which each world brings itself. */
export function createServices(options: ServicesOptions = {}): readonly Service[] {
  return [
    createApiGateway(options.apiGateway),
    createAthena(),
    createCloudformation(),
    createCloudTrail(),
    createCloudWatch(),
    createDynamodb(),
    createEc2(options.ec2),
    ...createElb(),
    createEvents(),
    createLambda(options.lambda),
    createLogs(),
    createOrganizations(),
    createS3(),
    createScheduler(),
    createOutside(),
    createSecretsManager(),
    createSecurityHub(options.securityHub),
    createServiceQuotas(),
    createSns(),
    createSqs(),
    createSsm(options.ssm),
  ];
}
