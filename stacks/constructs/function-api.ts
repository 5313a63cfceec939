import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { toRetention } from './bundled-function';

export interface FunctionApiProps {
  readonly name: string;
  readonly description: string;
  readonly function: IFunction;
  /** Behind the one slash, such as `commands`: there is one route, by POST. */
  readonly path: string;
  readonly authorization: 'AWS_IAM' | 'NONE';
  /** By what a line of the access log holds, the variable of API Gateway. */
  readonly accessLog: Readonly<Record<string, string>>;
  readonly logRetentionDays: number;
  readonly requestsPerSecond: number;
  readonly requestsAtOnce: number;
}

export interface FunctionApi {
  /** The address of its route. */
  readonly address: string;
  /** Of the route, for `execute-api:Invoke`. */
  readonly arn: string;
  readonly route: CfnRoute;
}

/**
 * An HTTP API with one route to one function, throttled, with an access log that also shows what was refused before
 * the function heard of it: HTTP APIs are there in every Region and partition, which function URLs are not.
 */
export function makeFunctionApi(scope: Construct, props: FunctionApiProps): FunctionApi {
  const { function: target, path } = props;
  const stack = Stack.of(scope);
  const api = new CfnApi(scope, 'Api', { name: props.name, description: props.description, protocolType: 'HTTP' });
  const integration = new CfnIntegration(scope, 'Integration', {
    apiId: api.ref,
    integrationType: 'AWS_PROXY',
    integrationUri: target.functionArn,
    payloadFormatVersion: '2.0',
  });
  const route = new CfnRoute(scope, 'Route', {
    apiId: api.ref,
    routeKey: `POST /${path}`,
    authorizationType: props.authorization,
    target: `integrations/${integration.ref}`,
  });
  const logs = new LogGroup(scope, 'Logs', {
    // A group of this name needs no statement of its own in the account's one policy about log delivery.
    logGroupName: `/aws/vendedlogs/apigateway/${props.name}`,
    retention: toRetention(props.logRetentionDays),
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const stage = new CfnStage(scope, 'Stage', {
    apiId: api.ref,
    stageName: '$default',
    autoDeploy: true,
    defaultRouteSettings: {
      throttlingRateLimit: props.requestsPerSecond,
      throttlingBurstLimit: props.requestsAtOnce,
    },
    accessLogSettings: { destinationArn: logs.logGroupArn, format: JSON.stringify(props.accessLog) },
  });
  stage.addResourceDependency(route);
  const arnIn = (stage: string): string =>
    stack.formatArn({
      service: 'execute-api',
      resource: api.ref,
      resourceName: `${stage}/POST/${path}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
  target.addPermission('ByTheApi', {
    principal: new ServicePrincipal('apigateway.amazonaws.com'),
    sourceAccount: stack.account,
    sourceArn: arnIn('*'),
  });
  return { address: `${api.attrApiEndpoint}/${path}`, arn: arnIn('$default'), route };
}
