import * as lambda from '@aws-sdk/client-lambda';
import { createApiGateway, type ApiGatewayOptions } from '../../../sandbox/apigateway/api-gateway-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { home, hub, linked, provision, startMillis, startSmallSandbox } from '../small-sandbox';
import { createEcho } from '../wire/echo-service';

const FUNCTION = `arn:aws:lambda:${home}:${hub}:function:commands`;

let sandbox: Sandbox;
let address: string;
let invoked: readonly object[];
afterEach(() => sandbox.stop());

/** An API with one route to a function, which answers this. */
async function start(
  answer: unknown = { statusCode: 200, body: 'done' },
  { AuthorizationType = 'AWS_IAM', ...options }: ApiGatewayOptions & { readonly AuthorizationType?: string } = {},
): Promise<void> {
  const Payload = Buffer.from(JSON.stringify(answer));
  const echo = createEcho('lambda', 'restJson1', lambda, {
    Invoke: () => (answer === 'fails' ? { StatusCode: 200, FunctionError: 'Unhandled' } : { StatusCode: 200, Payload }),
  });
  sandbox = await startSmallSandbox(createApiGateway(options), echo.service);
  invoked = echo.inputs;
  const api = await provision(sandbox, 'AWS::ApiGatewayV2::Api', { Name: 'Commands', ProtocolType: 'HTTP' });
  const ApiId = api.ref;
  const integration = await provision(sandbox, 'AWS::ApiGatewayV2::Integration', {
    ApiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: FUNCTION,
    PayloadFormatVersion: '2.0',
  });
  await provision(sandbox, 'AWS::ApiGatewayV2::Route', {
    ApiId,
    RouteKey: 'POST /commands',
    AuthorizationType,
    Target: `integrations/${integration.ref}`,
  });
  await provision(sandbox, 'AWS::ApiGatewayV2::Stage', { ApiId, StageName: '$default', AutoDeploy: true });
  address = api.attributes['ApiEndpoint'] ?? '';
}

interface Signature {
  readonly key?: string;
  readonly region?: string;
  readonly service?: string;
  readonly atMillis?: number;
}

function post(path = '/commands', signature: Signature | 'none' = {}): Promise<Response> {
  const headers = signature === 'none' ? {} : signed(signature);
  return fetch(`${address}${path}`, { method: 'POST', body: '{"command":"undo"}', headers });
}

function signed({ key = hub, region = home, service = 'execute-api', atMillis = startMillis }: Signature) {
  const date = new Date(atMillis).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${key}/${date.slice(0, 8)}/${region}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
    'x-amz-date': date,
  };
}

test('a signed request reaches the function as an event of version 2.0 that names the caller', async () => {
  await start({ statusCode: 202, headers: { 'x-of': 'ours' }, body: 'done' });
  const answer = await post();
  expect([answer.status, answer.headers.get('x-of'), await answer.text()]).toEqual([202, 'ours', 'done']);
  const [{ FunctionName, Payload } = { FunctionName: '', Payload: new Uint8Array() }] =
    invoked as readonly lambda.InvocationRequest[];
  expect(FunctionName).toBe(FUNCTION);
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toMatchObject({
    version: '2.0',
    routeKey: 'POST /commands',
    rawPath: '/commands',
    body: '{"command":"undo"}',
    isBase64Encoded: false,
    requestContext: {
      http: { method: 'POST', path: '/commands' },
      authorizer: { iam: { accountId: hub, userArn: `arn:aws:iam::${hub}:root` } },
    },
  });
});

test.each<readonly [string, Signature | 'none']>([
  ['without a signature', 'none'],
  ['signed for another service', { service: 'lambda' }],
  ['signed for another Region', { region: linked }],
  ['signed with a key that nobody has', { key: 'AKIAUNKNOWN' }],
])('a request %s gets 403, and the function does not learn of it', async (_how, signature) => {
  await start();
  expect((await post('/commands', signature)).status).toBe(403);
  expect(invoked).toEqual([]);
});

test('a route without authorization takes whoever comes, and notifies nobody', async () => {
  await start({ statusCode: 200, body: 'open' }, { AuthorizationType: 'NONE' });
  expect((await post('/commands', 'none')).status).toBe(200);
  const [{ Payload } = { Payload: new Uint8Array() }] = invoked as readonly lambda.InvocationRequest[];
  expect(Buffer.from(Payload ?? []).toString()).not.toContain('authorizer');
});

test('of a function that fails API Gateway says nothing but 500', async () => {
  await start('fails');
  const answer = await post();
  expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
});

test.each(['/other', '/commands/more', '/'])('%s is no route: 404', async (path) => {
  await start();
  const answer = await post(path);
  expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
});

test.each([
  [0, 200],
  [5, 200],
  [6, 403],
  [-6, 403],
  [65, 403],
])('where times are judged, a signature that is %i minutes off gets %i', async (minutes, status) => {
  await start({ statusCode: 200, body: '' }, { judgesSignatureTimes: true });
  expect((await post('/commands', { atMillis: startMillis + minutes * 60_000 })).status).toBe(status);
});

test('where they are not, any time will do: skipping time runs ahead of every terminal', async () => {
  await start();
  expect((await post('/commands', { atMillis: 0 })).status).toBe(200);
});

test.each([
  ['AWS::ApiGatewayV2::Api', { Name: 'A', ProtocolType: 'WEBSOCKET' }, /HTTP APIs only/],
  ['AWS::ApiGatewayV2::Route', { ApiId: 'a', RouteKey: '$default', Target: 'integrations/i' }, /one method/],
  ['AWS::ApiGatewayV2::Stage', { ApiId: 'a', StageName: 'prod', AutoDeploy: true }, /\$default only/],
  [
    'AWS::ApiGatewayV2::Route',
    { ApiId: 'nobodys', RouteKey: 'POST /a', Target: 'integrations/i' },
    /Invalid API identifier specified nobodys/,
  ],
])('a template with what the sandbox has not is refused in words: %s %j', async (type, properties, message) => {
  await start();
  await expect(provision(sandbox, type, properties)).rejects.toThrow(message);
});
