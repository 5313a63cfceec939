import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/names/deployment-names';
import { makeFunctionApi } from './function-api';

export interface CommandsApiProps {
  readonly names: DeploymentNames;
  readonly function: IFunction;
  readonly logRetentionDays: number;
}

/** Who asked, and whether they were let in. */
const ACCESS_LOG = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
};

/**
 * An HTTP API with one route of authorization type AWS_IAM, which passes to the function whose signature it has
 * checked. Its address is in a parameter named for the prefix.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export class CommandsApi extends Construct {
  /** What `execute-api:Invoke` is allowed on, for who may ask. */
  readonly arn: string;

  constructor(scope: Construct, id: string, { names, function: target, logRetentionDays }: CommandsApiProps) {
    super(scope, id);
    const { address, arn } = makeFunctionApi(this, {
      name: names.commandsApi,
      description: 'What people ask Portcullis for by a command',
      function: target,
      path: 'commands',
      authorization: 'AWS_IAM',
      accessLog: ACCESS_LOG,
      logRetentionDays,
      // People at terminals, not machines: what is more is a mistake, or somebody who tries the door.
      requestsPerSecond: 10,
      requestsAtOnce: 20,
    });
    this.arn = arn;
    new StringParameter(this, 'Address', {
      parameterName: names.commandsParameter,
      description: 'Where the command line finds this deployment of Portcullis',
      stringValue: address,
    });
  }
}
