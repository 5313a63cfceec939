import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttp, retryAfterSeconds } from '../../src/channels/http';

const NOW = new Date('2026-11-29T12:00:00.000Z');
const clock = { now: () => NOW };

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

async function receiver(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook?token=secret`;
}

async function send(listener: RequestListener, timeoutMillis = 5000) {
  const url = await receiver(listener);
  const sent = await createHttp(clock, timeoutMillis).send({ method: 'POST', url, headers: {}, body: '{}' });
  // The port differs each time.
  return sent.ok ? sent : { ...sent.error, cause: sent.error.cause.replace(/:\d+\//, '/') };
}

const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): RequestListener =>
  (_request, response) => {
    response.writeHead(status, headers).end(body);
  };

test('an answer of 2xx is one, with its text', async () => {
  expect(await send(answer(202, {}, 'taken'))).toEqual({ ok: true, value: { status: 202, text: 'taken' } });
});

test.each<[number, object]>([
  [301, { code: 'refused', retryable: false }],
  [400, { code: 'refused', retryable: false }],
  [401, { code: 'unauthorized', retryable: true }],
  [403, { code: 'unauthorized', retryable: true }],
  [404, { code: 'refused', retryable: false }],
  [408, { code: 'unavailable', retryable: true }],
  [429, { code: 'throttled', retryable: true }],
  [500, { code: 'unavailable', retryable: true }],
  [503, { code: 'unavailable', retryable: true }],
])(
  'an answer of %d is a failure that names neither the query nor more than a line of the answer',
  async (status, expected) => {
    const said = `no\n${'x'.repeat(1000)}`;
    expect(await send(answer(status, { location: 'http://127.0.0.1:1/' }, said))).toEqual({
      ...expected,
      cause: `POST http://127.0.0.1/hook answered ${String(status)}: no ${'x'.repeat(197)}`,
    });
  },
);

test('a redirect is not followed: the signature is meant for the address that was configured', async () => {
  let followed = false;
  const elsewhere = await receiver((_request, response) => {
    followed = true;
    response.end();
  });
  expect(await send(answer(307, { location: elsewhere }))).toMatchObject({ code: 'refused' });
  expect(followed).toBe(false);
});

test('one that hangs is left after the time limit, also in the middle of its answer', async () => {
  const hung = {
    code: 'unavailable',
    retryable: true,
    cause: expect.stringMatching('did not answer within 0.05 seconds'),
  };
  expect(await send(() => undefined, 50)).toEqual(hung);
  expect(await send((_request, response) => void response.writeHead(200).write('half'), 50)).toEqual(hung);
});

test('one that never ends is read as far as anybody needs', async () => {
  const endless: RequestListener = (_request, response) => {
    const write = (): void => {
      while (response.write('x'.repeat(16_384))) if (response.destroyed) return;
    };
    response.on('drain', write).on('error', () => undefined);
    write();
  };
  const sent = await send(endless);
  expect(sent).toMatchObject({ ok: true });
  expect('value' in sent && sent.value.text).toHaveLength(65_536);
});

test('one that breaks off, and one that is not there, may be there later', async () => {
  const gone = { code: 'unavailable', retryable: true };
  expect(await send((request) => void request.socket.destroy())).toMatchObject(gone);
  const sent = await createHttp(clock).send({ method: 'GET', url: 'http://127.0.0.1:1/', headers: {} });
  expect(sent).toMatchObject({ ok: false, error: gone });
});

test.each<[string | null, number | undefined]>([
  [null, undefined],
  ['120', 120],
  [' 0 ', 0],
  ['Sun, 29 Nov 2026 12:01:30 GMT', 90],
  ['Sun, 29 Nov 2026 11:59:00 GMT', undefined],
  ['soon', undefined],
  ['-5', undefined],
  ['1e9', undefined],
])('Retry-After %j is %j seconds', (value, seconds) => {
  expect(retryAfterSeconds(value, NOW)).toBe(seconds);
});

test('a receiver that wants to be left alone says for how long', async () => {
  expect(await send(answer(429, { 'retry-after': '17' }))).toMatchObject({ retryAfterSeconds: 17 });
});
