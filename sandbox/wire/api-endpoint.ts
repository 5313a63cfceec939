import { INVOKE_ROUTE, type ApiGateway } from '../apigateway/api-gateway-service';
import { API_PATH } from '../apigateway/api-path';
import type { HttpApi, Route } from '../apigateway/http-apis';
import type { HttpResponse } from '../apigateway/to-http-response';
import { AwsError, LostResponse } from '../runtime/aws-error';
import type { SandboxWorld } from '../runtime/create-world';
import type { Principal } from '../runtime/operation';
import { identifyCaller, readCredentialScope } from './caller';
import type { WireRequest, WireResponse } from './exchange';

/** Answers a request to an HTTP API, `/execute-api/ID/…`, in the words of API Gateway. */
export async function answerApiRequest(world: SandboxWorld, request: WireRequest): Promise<WireResponse | 'lost'> {
  const gateway = world.service('execute-api') as ApiGateway;
  const [id = '', ...rest] = request.path.slice(API_PATH.length).split('/');
  const api = gateway.apis.find(id);
  const path = `/${rest.join('/')}`;
  const routeKey = `${request.method} ${path}`;
  const route = api?.stages.has('$default') === true ? api.routes.get(routeKey) : undefined;
  const integration = route && api?.integrations.get(route.integrationId);
  if (!api || !route || !integration) return answer(404, 'Not Found');
  try {
    const principal = whoCalls(world, gateway, { api, route }, request);
    const { method, headers } = request;
    const asked = { method, path, query: request.query.toString(), headers, body: request.body };
    const input = { api, routeKey, route, integration, request: asked };
    const call = { principal, account: api.account, region: api.region };
    return (await world.call('execute-api', INVOKE_ROUTE, input, call)) as HttpResponse;
  } catch (error) {
    if (error instanceof LostResponse) return 'lost';
    if (!(error instanceof AwsError)) throw error;
    return toErrorResponse(error);
  }
}

/** A caller without a signature is nobody whom IAM knows. */
function whoCalls(
  world: SandboxWorld,
  gateway: ApiGateway,
  { api, route }: { readonly api: HttpApi; readonly route: Route },
  request: WireRequest,
): Principal {
  if (route.authorization === 'NONE') {
    return { kind: 'service', service: 'anonymous', account: api.account, sourceArn: '' };
  }
  const scope = readCredentialScope(request);
  if (scope?.signingName !== 'execute-api' || scope.region !== api.region) {
    throw new AwsError('AccessDeniedException', 'Forbidden', 403);
  }
  if (gateway.judgesSignatureTimes === true && !isSignedNow(world, request)) {
    throw new AwsError('AccessDeniedException', 'Forbidden', 403);
  }
  return identifyCaller(world, gateway, scope, request);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html */
const SIGNED_WITHIN_MILLIS = 5 * 60_000;

/** By `x-amz-date`, `20261129T120000Z`. */
function isSignedNow(world: SandboxWorld, { headers }: WireRequest): boolean {
  const date = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;
  const signedMillis = Date.parse((headers['x-amz-date'] ?? '').replace(date, '$1-$2-$3T$4:$5:$6Z'));
  return Math.abs(signedMillis - world.clock.now()) <= SIGNED_WITHIN_MILLIS;
}

/** Of what went wrong behind it API Gateway says nothing. */
function toErrorResponse({ code, status, message }: AwsError): WireResponse {
  if (code === 'AccessDeniedException') return answer(403, 'Forbidden');
  if (status === 429) return answer(429, 'Too Many Requests');
  if (status === 403) return answer(403, message);
  return answer(500, 'Internal Server Error');
}

function answer(status: number, message: string): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
