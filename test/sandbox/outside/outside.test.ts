import { createOutside } from '../../../sandbox/outside/outside-service';
import { createSns } from '../../../sandbox/sns/sns-service';
import type { Sandbox } from '../../../sandbox/sandbox';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { asAdministrator, hub, provision, startSmallSandbox } from '../small-sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSmallSandbox(createOutside(), createSns());
});
afterAll(() => sandbox.stop());

const HOOK = 'https://hook.example.com/a?b=c';

/** As a function's process does with an address that is not this machine's. */
async function fetchOutside(url: string, body = '{}', signal?: AbortSignal) {
  const response = await fetch(`${sandbox.endpoint}/_outside`, {
    method: 'POST',
    headers: { 'x-sandbox-url': url, 'idempotency-key': 'one' },
    body,
    ...(signal && { signal }),
  });
  return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') };
}

const order = (channel: string, body: object) =>
  fetch(`${sandbox.endpoint}/_sandbox/outside/${channel}/answer`, { method: 'POST', body: JSON.stringify(body) });

async function outbox(query = '') {
  const response = await fetch(`${sandbox.endpoint}/_sandbox/outbox${query}`);
  return (await response.json()) as readonly Record<string, unknown>[];
}

test('what is sent is in the outbox as it was sent, with the address that was meant and nothing of the way', async () => {
  expect(await fetchOutside(HOOK, '{"a": 1}')).toMatchObject({ status: 200, text: '' });
  const [entry] = await outbox('?channel=webhook');
  expect(entry).toMatchObject({
    channel: 'webhook',
    at: '2026-01-31T12:00:00.000Z',
    method: 'POST',
    url: HOOK,
    body: '{"a": 1}',
    headers: { 'idempotency-key': 'one' },
  });
  expect(Object.keys(entry?.['headers'] ?? {})).not.toContain('x-sandbox-url');
  expect(await outbox('?channel=jira')).toEqual([]);
});

test('a receiver answers what it was told to, so often, and what was refused is in the outbox too', async () => {
  const before = (await outbox()).length;
  await order('webhook', { status: 429, times: 2, headers: { 'retry-after': '7' }, body: 'slow' });
  const answers = [await fetchOutside(HOOK), await fetchOutside(HOOK), await fetchOutside(HOOK)];
  expect(answers).toEqual([
    { status: 429, text: 'slow', retryAfter: '7' },
    { status: 429, text: 'slow', retryAfter: '7' },
    { status: 200, text: '', retryAfter: null },
  ]);
  expect(await outbox()).toHaveLength(before + 3);
});

test('one that hangs answers to nobody', async () => {
  await order('webhook', { hang: true });
  await expect(fetchOutside(HOOK, '', AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('an order that cannot be understood, and one for nobody, is refused', async () => {
  expect((await order('webhook', { status: 99 })).status).toBe(400);
  expect((await order('telegram', { status: 500 })).status).toBe(404);
});

test('mail of SNS is in the outbox, with its subject and attributes', async () => {
  const { ref: TopicArn } = await provision(sandbox, 'AWS::SNS::Topic', {
    TopicName: 'people',
    Subscription: [{ Protocol: 'email', Endpoint: 'alice@example.com' }],
  });
  const sns = new SNSClient(asAdministrator(sandbox, hub));
  await sns.send(
    new PublishCommand({
      TopicArn,
      Subject: 'Closed',
      Message: 'Hello',
      MessageAttributes: { event: { DataType: 'String', StringValue: 'Ingress Closed' } },
    }),
  );
  expect(await outbox('?channel=email')).toMatchObject([
    { url: 'mailto:alice@example.com', body: 'Hello', headers: { subject: 'Closed' } },
  ]);
});
