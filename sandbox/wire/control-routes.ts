import { z } from 'zod';
import { customResourceAnswered, type CustomResourceAnswer } from '../cloudformation/custom-resource';
import { isReceiver, RECEIVERS } from '../outside/receivers';
import type { SandboxWorld } from '../runtime/create-world';
import type { Fault } from '../runtime/faults';
import { whyFaultIsNeverInjected } from './check-fault';
import type { WireRequest, WireResponse } from './exchange';
import { outsideOf } from './outside-endpoint';
import { parseJsonBody } from './parse-json-body';

const faultSchema = z.strictObject({
  kind: z.enum([
    ...['throttle', 'internal-error', 'deny', 'lost-response', 'duplicate', 'stale', 'clock-jump'],
    ...['kill-before', 'kill-after'],
  ] as const),
  service: z.string().exactOptional(),
  operation: z.string().exactOptional(),
  account: z.string().exactOptional(),
  region: z.string().exactOptional(),
  callers: z.array(z.enum(['account', 'role', 'service'])).exactOptional(),
  after: z.int().nonnegative().exactOptional(),
  times: z.int().positive().exactOptional(),
  lastsSeconds: z.number().positive().exactOptional(),
  seconds: z.number().positive().exactOptional(),
}) satisfies z.ZodType<Fault>;

const regionSchema = z.strictObject({ account: z.string(), region: z.string(), isEnabled: z.boolean() });

/**
 * Questions and orders outside AWS's API:
 * - `GET /_sandbox/world`: who is who, and what whoever deployed into it has to report
 * - `GET /_sandbox/clock`, `POST /_sandbox/clock/advance {"millis":60000}`
 * - `POST /_sandbox/regions {"account":"222222222222","region":"us-east-1","isEnabled":false}`: it disables a Region
 * - `POST /_sandbox/faults` with a fault or a list of them, `DELETE /_sandbox/faults` ends them all
 * - `GET /_sandbox/outbox[?channel=webhook]`: what was sent to the world outside of AWS, in order
 * - `POST /_sandbox/outside/CHANNEL/answer {"status":500,"times":3}`: what its receiver answers to the next requests
 * - `PUT /_sandbox/cloudformation/<request id>`: the `ResponseURL` of custom resources
 * - `GET|POST /_sandbox/<signing name>/<key>`: what the service offers under that key
 */
export async function answerControlRequest(world: SandboxWorld, request: WireRequest): Promise<WireResponse> {
  const [, , subject = '', key = ''] = request.path.split('/').map(decodeURIComponent);
  switch (`${request.method} ${subject}${key === '' ? '' : `/${key}`}`) {
    case 'GET world': {
      const { partition, organizationId, hub, accounts, regions } = world;
      return json(200, { partition, organizationId, hub, accounts, regions, ...world.reported });
    }
    case 'GET clock':
      return json(200, clockState(world));
    case 'POST clock/advance': {
      const order = z.strictObject({ millis: z.int().nonnegative() }).safeParse(parseJsonBody(request.body));
      if (!order.success) return json(400, { error: z.prettifyError(order.error) });
      await world.clock.advance(order.data.millis);
      return json(200, clockState(world));
    }
    case 'POST regions': {
      const order = regionSchema.safeParse(parseJsonBody(request.body));
      if (!order.success) return json(400, { error: z.prettifyError(order.error) });
      const { account, region, isEnabled } = order.data;
      world.setRegionEnabled(account, region, isEnabled);
      return json(200, { account, region, status: world.optInStatus(account, region) });
    }
    case 'POST faults': {
      const faults = z.array(faultSchema).safeParse([parseJsonBody(request.body)].flat());
      if (!faults.success) return json(400, { error: z.prettifyError(faults.error) });
      const why = faults.data.map((fault) => whyFaultIsNeverInjected(fault, world)).find((each) => each !== undefined);
      if (why !== undefined) return json(400, { error: why });
      for (const fault of faults.data) world.faults.add(fault);
      return json(200, {});
    }
    case 'DELETE faults':
      world.faults.clear();
      return json(200, {});
    case `PUT cloudformation/${key}`:
      return takeAnswer(world, key, request);
    case 'GET outbox':
      return json(200, outsideOf(world).sent(request.query.get('channel') ?? undefined));
    case `POST outside/${key}`:
      return request.path.endsWith('/answer') ? giveOrder(world, key, request) : inspect(world, request, subject, key);
    default:
      return inspect(world, request, subject, key);
  }
}

/**
 * What a function answers for a custom resource; S3 refuses a content type that the presigned address is not signed
 * for.
 */
function takeAnswer(world: SandboxWorld, requestId: string, { headers, body }: WireRequest): WireResponse {
  if ((headers['content-type'] ?? '') !== '') return json(403, { error: 'SignatureDoesNotMatch: content-type' });
  world.emit(customResourceAnswered, { requestId, body: body.toString('utf8') } satisfies CustomResourceAnswer);
  return json(200, {});
}

const orderSchema = z.strictObject({
  status: z.int().min(200).max(599).default(200),
  times: z.int().positive().default(1),
  headers: z.record(z.string(), z.string()).default({}),
  /** Instead of what the receiver answers by itself. */
  body: z.string().exactOptional(),
  /** It takes the request, and never answers. */
  hang: z.literal(true).exactOptional(),
});

function giveOrder(world: SandboxWorld, channel: string, { body }: WireRequest): WireResponse {
  if (!isReceiver(channel)) {
    return json(404, { error: `There is no receiver ${channel}; there are ${RECEIVERS.join(', ')}.` });
  }
  const order = orderSchema.safeParse(parseJsonBody(body));
  if (!order.success) return json(400, { error: z.prettifyError(order.error) });
  outsideOf(world).order(channel, order.data);
  return json(200, {});
}

async function inspect(
  world: SandboxWorld,
  request: WireRequest,
  signingName: string,
  key: string,
): Promise<WireResponse> {
  const keys = world.services.find((service) => service.signingName === signingName)?.inspect ?? {};
  const ask = Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!ask) {
    const known = world.services.flatMap((service) =>
      Object.keys(service.inspect ?? {}).map((name) => `/_sandbox/${service.signingName}/${name}`),
    );
    return json(404, {
      error: `${request.path} is not in the sandbox.`,
      known: ['/_sandbox/world', '/_sandbox/clock', '/_sandbox/outbox', ...known],
    });
  }
  const question = request.method === 'GET' ? Object.fromEntries(request.query) : parseJsonBody(request.body);
  return json(200, await ask(question));
}

function clockState({ clock }: SandboxWorld): object {
  return { mode: clock.mode, millis: clock.now(), now: new Date(clock.now()).toISOString() };
}

function json(status: number, body: unknown): WireResponse {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? null) };
}
