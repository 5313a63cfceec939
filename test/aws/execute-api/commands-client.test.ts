import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SSMClient } from '@aws-sdk/client-ssm';
import { createCommandsClient } from '../../../src/aws/execute-api/commands-client';

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly date?: Date;
  readonly breaksOff?: 'before it begins' | 'in its middle';
}

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: Server;
let address: string;
let answers: Answer[];
let asked: Asked[];

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      asked.push({ headers: request.headers, body });
      const { status, body: text, date, breaksOff } = answers[Math.min(asked.length, answers.length) - 1] ?? DONE;
      if (breaksOff === 'before it begins') request.socket.destroy();
      else if (breaksOff)
        response.writeHead(status, { 'content-length': 99 }).write(text, () => request.socket.destroy());
      else response.writeHead(status, date ? { date: date.toUTCString() } : {}).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/commands`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const DONE: Answer = { status: 200, body: '{"requests":[]}' };
const FORBIDDEN = '{"message":"Forbidden"}';

function client(parameterValue = address) {
  const credentials = { accessKeyId: 'AKIA', secretAccessKey: 'any', sessionToken: 'token' };
  const { config } = new SSMClient({ region: 'eu-central-1', credentials });
  const send = () => Promise.resolve({ Parameter: { Value: parameterValue } });
  const ssm = { config, send } as unknown as SSMClient;
  return createCommandsClient({ ssm, parameter: '/portcullis/Portcullis/commands', region: 'eu-central-1' });
}

const BODY = { command: 'undo', askId: '5d0a8b9e-3f0c-4c7b-9a61-6d1f0e7c2b48' };

test('a request is signed for execute-api in its Region, with the session token', async () => {
  answers = [DONE];
  expect(await client().ask(BODY)).toEqual({ ok: true, value: { status: 200, body: { requests: [] } } });
  const [{ headers, body } = { headers: {} as IncomingHttpHeaders, body: '' }] = asked;
  expect(JSON.parse(body)).toEqual(BODY);
  expect(headers['authorization']).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIA\/\d{8}\/eu-central-1\/execute-api\/aws4_request, SignedHeaders=/,
  );
  expect(headers['x-amz-security-token']).toBe('token');
});

test.each([
  ['what the function refuses is an answer, not a failure', 400, '{"error":"no such finding"}'],
  ['what the function could not do is an answer too', 503, '{"error":"the ledger is throttled"}'],
])('%s, and asked for once', async (_title, status, body) => {
  answers = [{ status, body }];
  expect(await client().ask(BODY)).toEqual({ ok: true, value: { status, body: JSON.parse(body) as object } });
  expect(asked).toHaveLength(1);
});

test.each([
  [403, FORBIDDEN, 'access-denied', 1, /HTTP 403 Forbidden; it needs execute-api:Invoke on POST \/commands/],
  [404, '{"message":"Not Found"}', 'not-found', 1, /HTTP 404 Not Found$/],
  [429, '{"message":"Too Many Requests"}', 'throttled', 3, /HTTP 429 Too Many Requests$/],
  [502, '<html>', 'unavailable', 3, /HTTP 502 <html>$/],
])(
  'what API Gateway answers itself is a failure: %i %s is %s after %i attempts',
  async (status, body, code, times, cause) => {
    answers = [{ status, body }];
    expect(await client().ask(BODY)).toMatchObject({
      ok: false,
      error: { code, cause: expect.stringMatching(cause) as string },
    });
    expect(asked).toHaveLength(times);
  },
);

test.each([
  ['ahead', -65],
  ['behind', 65],
])('a clock that is 65 minutes %s is corrected by what the refusal says of the time', async (_title, minutes) => {
  const theirs = new Date(Date.now() + minutes * 60_000);
  answers = [{ status: 403, body: FORBIDDEN, date: theirs }, DONE];
  expect(await client().ask(BODY)).toMatchObject({ ok: true });
  expect(asked).toHaveLength(2);
  const signed = String(asked[1]?.headers['x-amz-date']).replace(
    /(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/,
    '$1-$2-$3T$4:$5:$6Z',
  );
  expect(Math.abs(Date.parse(signed) - theirs.getTime())).toBeLessThan(60_000);
});

test('the same request is asked again with the same id, however often it is tried', async () => {
  answers = [{ status: 503, body: '{"message":"Service Unavailable"}' }, DONE];
  expect(await client().ask(BODY)).toMatchObject({ ok: true });
  expect(asked.map(({ body }) => body)).toEqual([JSON.stringify(BODY), JSON.stringify(BODY)]);
});

test.each(['before it begins', 'in its middle'] as const)(
  'an answer that breaks off %s is asked for again, with the same id, and no bug',
  async (breaksOff) => {
    answers = [{ ...DONE, breaksOff }, DONE];
    expect(await client().ask(BODY)).toMatchObject({ ok: true });
    answers = [{ ...DONE, breaksOff }];
    expect(await client().ask(BODY)).toMatchObject({ ok: false, error: { code: 'unavailable', retryable: true } });
    expect(new Set(asked.map(({ body }) => body))).toEqual(new Set([JSON.stringify(BODY)]));
  },
);

test.each(['', 'ftp://example.com/commands', 'http://example.com/commands', 'commands'])(
  'nothing is sent to "%s", which is no address that keeps the request secret',
  async (value) => {
    expect(await client(value).ask(BODY)).toMatchObject({ ok: false, error: { code: 'invalid', retryable: false } });
    expect(asked).toEqual([]);
  },
);
