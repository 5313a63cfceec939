import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import type { DeploymentNames } from '../../src/core/configuration/deployment-names';
import { toRetention } from './bundled-function';

export interface CommandsApiProps {
  readonly names: DeploymentNames;
  readonly function: IFunction;
  readonly logRetentionDays: number;
}

/** People at terminals, not machines: what is more is a mistake, or somebody who tries the door. */
const REQUESTS_PER_SECOND = 10;
const REQUESTS_AT_ONCE = 20;

/** Who asked, and whether he was let in: also what was refused before the function heard of it. */
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  caller: '$context.identity.userArn',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
});

/**
 * An HTTP API with one route of authorization type AWS_IAM: it is there in every Region and partition, which function
 * URLs are not, and tells the function whose signature it has checked. Its address is in a parameter named for the
 * prefix.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export class CommandsApi extends Construct {
  constructor(scope: Construct, id: string, { names, function: target, logRetentionDays }: CommandsApiProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const api = new CfnApi(this, 'Api', {
      name: names.commandsApi,
      description: 'What people ask Portcullis for by a command',
      protocolType: 'HTTP',
    });
    const integration = new CfnIntegration(this, 'Integration', {
      apiId: api.ref,
      integrationType: 'AWS_PROXY',
      integrationUri: target.functionArn,
      payloadFormatVersion: '2.0',
    });
    const route = new CfnRoute(this, 'Route', {
      apiId: api.ref,
      routeKey: 'POST /commands',
      authorizationType: 'AWS_IAM',
      target: `integrations/${integration.ref}`,
    });
    const logs = new LogGroup(this, 'Logs', {
      // A group of this name needs no statement of its own in the account's one policy about log delivery.
      logGroupName: `/aws/vendedlogs/apigateway/${names.commandsApi}`,
      retention: toRetention(logRetentionDays),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: { throttlingRateLimit: REQUESTS_PER_SECOND, throttlingBurstLimit: REQUESTS_AT_ONCE },
      accessLogSettings: { destinationArn: logs.logGroupArn, format: ACCESS_LOG },
    });
    stage.addResourceDependency(route);
    target.addPermission('ByTheApi', {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceAccount: stack.account,
      sourceArn: stack.formatArn({
        service: 'execute-api',
        resource: api.ref,
        resourceName: '*/POST/commands',
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    });
    new StringParameter(this, 'Address', {
      parameterName: names.commandsParameter,
      description: 'Where the command line finds this deployment of Portcullis',
      stringValue: `${api.attrApiEndpoint}/commands`,
    });
  }
}
