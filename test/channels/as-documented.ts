import type { OutboxEntry } from '../../sandbox/outside/outside';
import { webhookBodySchema } from '../../src/core/messages/webhook/webhook-body';

/** @throws Error with all that a vendor, or a promise of ours, has against what was sent */
export function assertDocumented(entries: readonly OutboxEntry[]): void {
  const problems = problemsOfSent(entries);
  if (problems.length > 0) throw new Error(`Not of the documented form:\n${problems.join('\n')}`);
}

/**
 * Whatever a test sends to the world outside goes through here: its receiver says what its vendor would refuse, and a
 * webhook's body and headers are of the form that docs/webhook.schema.json and docs/notifications.md promise.
 */
function problemsOfSent(entries: readonly OutboxEntry[]): readonly string[] {
  return entries.flatMap((entry) => {
    const where = `${entry.channel} ${entry.method} ${entry.url}: `;
    const problems = [...(entry.refused === undefined ? [] : [entry.refused]), ...problemsOfWebhook(entry)];
    return problems.map((problem) => `${where}${problem}\n${entry.body.slice(0, 2000)}`);
  });
}

const HEADERS: Readonly<Record<string, RegExp>> = {
  'content-type': /^application\/json$/,
  'idempotency-key': /^[\w-]{1,64}$/,
  'portcullis-timestamp': /^\d{10}$/,
  'portcullis-signature': /^v1=[0-9a-f]{64}$/,
};

function problemsOfWebhook({ channel, headers, body }: OutboxEntry): readonly string[] {
  if (channel !== 'webhook') return [];
  const parsed = webhookBodySchema.safeParse(parse(body));
  const wrong = Object.entries(HEADERS).filter(([name, form]) => !form.test(headers[name] ?? ''));
  return [
    ...(parsed.success ? [] : [parsed.error.message]),
    ...wrong.map(([name]) => `the header ${name} is "${headers[name] ?? ''}"`),
  ];
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
