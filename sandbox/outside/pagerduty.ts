import { z } from 'zod';
import { jsonAnswer, jsonBody } from './outside-request';
import type { Answer } from './receivers';

const MAX_BYTES = 512 * 1024;

const common = {
  routing_key: z.string().length(32),
  dedup_key: z.string().min(1).max(255).exactOptional(),
  client: z.string().exactOptional(),
  client_url: z.url().exactOptional(),
  links: z.array(z.strictObject({ href: z.url(), text: z.string().exactOptional() })).exactOptional(),
  images: z
    .array(z.strictObject({ src: z.url(), href: z.url().exactOptional(), alt: z.string().exactOptional() }))
    .exactOptional(),
};

const payload = z.strictObject({
  summary: z.string().min(1).max(1024),
  source: z.string().min(1),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  timestamp: z.iso.datetime({ offset: true }).exactOptional(),
  component: z.string().exactOptional(),
  group: z.string().exactOptional(),
  class: z.string().exactOptional(),
  custom_details: z.record(z.string(), z.unknown()).exactOptional(),
});

const event = z.discriminatedUnion('event_action', [
  z.strictObject({ event_action: z.literal('trigger'), ...common, payload }),
  z.strictObject({
    event_action: z.enum(['acknowledge', 'resolve']),
    ...common,
    dedup_key: z.string().min(1).max(255),
  }),
]);

/**
 * The Events API v2: what does not fit its documented form is refused with 400. Incidents are not kept.
 * https://developer.pagerduty.com/docs/events-api-v2-overview
 */
export const answerPagerDuty: Answer = (request) => {
  const parsed = event.safeParse(jsonBody(request));
  const errors = parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/v2/enqueue') return jsonAnswer(404, {});
  if (Buffer.byteLength(request.body) > MAX_BYTES) errors.push('Event is larger than 512 KB');
  if (!parsed.success || errors.length > 0) {
    return jsonAnswer(400, { status: 'invalid event', message: 'Event object is invalid', errors });
  }
  return jsonAnswer(202, {
    status: 'success',
    message: 'Event processed',
    dedup_key: parsed.data.dedup_key ?? 'made-up-by-pagerduty',
  });
};
