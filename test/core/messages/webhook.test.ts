import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import * as z from 'zod';
import { renderWebhook } from '../../../src/core/messages/webhook/render-webhook';
import { webhookBodySchema } from '../../../src/core/messages/webhook/webhook-body';
import { anyNotice, ASKED, CLOSED, REOPENED, TESTED } from './notices';

const documented = z.fromJSONSchema(JSON.parse(readFileSync('docs/webhook.schema.json', 'utf8')) as never);

test.each([
  ['a closing', CLOSED],
  ['a question', ASKED],
  ['a reopening', REOPENED],
  ['a test', TESTED],
])('%s fits the schema that receivers have', (_what, notice) => {
  expect(documented.safeParse(JSON.parse(renderWebhook(notice))).error).toBeUndefined();
});

test('a closing says all of it, in a fixed order', () => {
  expect(renderWebhook(CLOSED)).toBe(
    JSON.stringify({
      version: '1',
      id: CLOSED.id,
      type: 'Ingress Closed',
      test: false,
      matter: 'ends',
      occurredAt: '2026-11-29T12:00:00.000Z',
      summary: CLOSED.summary,
      severity: 'HIGH',
      target: CLOSED.target,
      controls: ['EC2.13'],
      remediation: CLOSED.remediation,
      findings: CLOSED.findings,
      undo: 'portcullis undo rem-0123456789abcdef',
    }),
  );
});

test('nothing but a closing says how it is undone', () => {
  for (const notice of [ASKED, REOPENED, TESTED]) expect(renderWebhook(notice)).not.toContain('"undo"');
});

test('whatever others write, it fits the schema and stays small', () => {
  fc.assert(
    fc.property(anyNotice, (notice) => {
      const body = renderWebhook(notice);
      expect(webhookBodySchema.safeParse(JSON.parse(body)).error).toBeUndefined();
      expect(Buffer.byteLength(body)).toBeLessThan(200_000);
    }),
    { numRuns: 100 },
  );
});
