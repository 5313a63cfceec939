import type { GetCallerIdentityCommandOutput } from '@aws-sdk/client-sts';
import type { InvocationResponse } from '@aws-sdk/client-lambda';

import { AwsError } from '../runtime/aws-error';
import type { CallContext, Operation } from '../runtime/operation';
import type { HttpApi, Integration, Route } from './http-apis';
import { toHttpResponse, type HttpResponse } from './to-http-response';

export interface HttpRequest {
  readonly method: string;
  /** Without the stage, which is `$default`. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface InvokeRouteInput {
  readonly api: HttpApi;
  readonly routeKey: string;
  readonly route: Route;
  readonly integration: Integration;
  readonly request: HttpRequest;
}

export type InvokeRouteOutput = HttpResponse;

/** Judges the caller where the route wants that, and has the function answer. */
export function createInvokeRoute(): Operation<InvokeRouteInput, InvokeRouteOutput> {
  return {
    permissions: (input, context) =>
      input.route.authorization === 'NONE'
        ? []
        : [
            {
              action: 'execute-api:Invoke',
              resource: routeArn(input, context),
            },
          ],

    handle: async (input, context) => {
      const { api, integration } = input;
      const { world } = context;
      const principal = {
        kind: 'service',
        service: 'apigateway.amazonaws.com',
        account: api.account,
        sourceArn: routeArn(input, context),
      } as const;
      const event = await toEvent(input, context);
      const invoked = (await world.call(
        'lambda',
        'Invoke',
        { FunctionName: integration.functionArn, Payload: new Uint8Array(Buffer.from(JSON.stringify(event))) },
        { principal, account: api.account, region: api.region },
      )) as InvocationResponse;
      if (invoked.FunctionError !== undefined) {
        throw new AwsError('InternalServerError', 'Internal Server Error', 500);
      }
      return toHttpResponse(Buffer.from(invoked.Payload ?? []).toString('utf8'));
    },
  };
}

/** What IAM and the function's policy know a request by. */
function routeArn({ api, request: { method, path } }: InvokeRouteInput, { world }: CallContext): string {
  const { id, account, region } = api;
  return `arn:${world.partition}:execute-api:${region}:${account}:${id}/$default/${method}${path}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
async function toEvent({ api, routeKey, route, request }: InvokeRouteInput, context: CallContext): Promise<object> {
  const { world, requestId } = context;
  const { method, path, query, headers, body } = request;
  const nowMillis = world.clock.now();
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: query,
    headers,
    requestContext: {
      accountId: api.account,
      apiId: api.id,
      domainName: `${api.id}.execute-api.${api.region}.amazonaws.com`,
      domainPrefix: api.id,
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey,
      stage: '$default',
      time: new Date(nowMillis).toISOString(),
      timeEpoch: nowMillis,
      ...(route.authorization === 'AWS_IAM' ? { authorizer: { iam: await describeCaller(context) } } : {}),
    },
    ...toBody(body, headers['content-type']),
  };
}

/** What is no text by its type is written in base64, which that of a form is not for an HTTP API. */
const TEXT = /^(text\/.*|application\/(json|javascript|xml|.*\+(json|xml)))\s*(;|$)/i;

function toBody(body: Buffer, contentType = 'application/json'): object {
  const isBase64Encoded = !TEXT.test(contentType);
  return {
    ...(body.length === 0 ? {} : { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

async function describeCaller({ world, ...call }: CallContext): Promise<object> {
  const { principal } = call;
  const identity = (await world.call('sts', 'GetCallerIdentity', {}, call)) as GetCallerIdentityCommandOutput;
  return {
    accessKey: principal.kind === 'role' ? principal.accessKeyId : principal.account,
    accountId: identity.Account,
    callerId: identity.UserId,
    cognitoIdentity: null,
    principalOrgId: world.organizationId,
    userArn: identity.Arn,
    userId: identity.UserId,
  };
}
