import type { Operation, Service } from '../runtime/operation';
import { HttpApis } from './http-apis';
import { createInvokeRoute, type InvokeRouteInput, type InvokeRouteOutput } from './invoke-route';
import { createProvisioners } from './provisioners';

/** What the wire asks for with every request to an API; no operation of AWS's API has this name. */
export const INVOKE_ROUTE = 'InvokeRoute';

export interface ApiGatewayOptions {
  /**
   * Refuses signatures whose time is more than five minutes off the sandbox's. Default: no time is checked, since
   * `skipping` time runs ahead of every terminal.
   */
  readonly judgesSignatureTimes?: boolean;
}

export interface ApiGateway extends Service, ApiGatewayOptions {
  readonly apis: HttpApis;
}

/**
 * API Gateway as far as a template makes it: HTTP APIs whose routes go to Lambda functions with events of version 2.0,
 * open or with IAM authorization. Its own API (to create or look at APIs) is not in the sandbox.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createApiGateway(options: ApiGatewayOptions = {}): ApiGateway {
  const apis = new HttpApis();
  const invokeRoute: Operation<InvokeRouteInput, InvokeRouteOutput> = createInvokeRoute();
  return {
    signingName: 'execute-api',
    protocol: 'restJson1',
    schemas: {},
    operations: { [INVOKE_ROUTE]: invokeRoute },
    provisioners: createProvisioners(apis),
    apis,
    ...options,
  };
}
