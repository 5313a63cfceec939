import * as ec2 from '@aws-sdk/client-ec2';
import * as ssm from '@aws-sdk/client-ssm';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox';
import { asAdministrator, hub, startMillis, startSmallSandbox } from '../small-sandbox';
import { createEcho } from './echo-service';

let sandbox: Sandbox;
let echo: ReturnType<typeof createEcho>;
beforeEach(async () => {
  echo = createEcho('ssm', 'awsJson1_1', ssm, {
    DescribeDocument: () => ({ Document: { Name: 'D' } }),
    SendCommand: () => {
      throw new TypeError('a bug');
    },
  });
  sandbox = await startSmallSandbox(echo.service);
});
afterEach(() => sandbox.stop());

/** A call as a client signs it; the signature itself is never looked at. */
function post(
  target: string,
  body: string,
  { key = hub, region = 'eu-central-1', service = 'ssm' }: { key?: string; region?: string; service?: string } = {},
): Promise<Response> {
  return fetch(sandbox.endpoint, {
    method: 'POST',
    body,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20260131/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
  });
}

test('a service that is not there and whose clients read XML says so in XML: `aws s3 ls` has more to show than "Bad Request"', async () => {
  const authorization = `AWS4-HMAC-SHA256 Credential=${hub}/20260131/eu-central-1/s3/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(sandbox.endpoint, { headers: { authorization } });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toMatch(
    /<Error><Code>NotInTheSandbox<\/Code><Message>Service s3 is not in the sandbox.*<\/Message>/,
  );
});

describe('faults that name what is not there are refused, with what is', () => {
  test.each([
    [{ service: 'smm' }, 'service \"smm\" is not in the sandbox; there are iam, ssm, sts'],
    [
      { service: 'ssm', operation: 'DescribeDocuments' },
      'operation \"DescribeDocuments\" is not in the sandbox; there',
    ],
    [{ operation: 'describeDocument' }, 'operation \"describeDocument\" is not in the sandbox'],
    [{ account: '999999999999' }, 'account \"999999999999\" is not in the sandbox'],
    [{ region: 'eu-central1' }, 'region \"eu-central1\" is not in the sandbox; there are eu-central-1, us-east-1'],
  ])('%j', async (named, message) => {
    const body = JSON.stringify({ kind: 'throttle', ...named });
    const answer = await fetch(`${sandbox.endpoint}/_sandbox/faults`, { method: 'POST', body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringContaining(message) });
  });

  test('one that names what is there is taken', async () => {
    const body = JSON.stringify({ kind: 'throttle', service: 'ssm', operation: 'DescribeDocument', account: hub });
    expect((await fetch(`${sandbox.endpoint}/_sandbox/faults`, { method: 'POST', body })).status).toBe(200);
  });
});

/** The message is called `Message` where the service's shapes say so. */
async function errorOf(answer: Promise<Response>): Promise<unknown> {
  const { Message, ...members } = (await (await answer).json()) as Record<string, unknown>;
  return Message === undefined ? members : { ...members, message: Message };
}

describe('a request is refused that', () => {
  test.each([
    ['has an unknown access key', { key: 'AKIAUNKNOWN' }, 'UnrecognizedClientException', 'security token'],
    [
      'has an account id that is not of the sandbox',
      { key: '999999999999' },
      'UnrecognizedClientException',
      'security token',
    ],
    [
      'names a Region that is not there',
      { region: 'ap-south-1' },
      'NotInTheSandbox',
      'Region ap-south-1 is not in the sandbox; its Regions are eu-central-1, us-east-1.',
    ],
    ['names a service that is not there', { service: 'rds' }, 'NotInTheSandbox', 'Service rds is not in the sandbox'],
  ])('%s', async (_, scope, code, message) => {
    await expect(errorOf(post('AmazonSSM.DescribeDocument', '{"Name":"D"}', scope))).resolves.toMatchObject({
      __type: code,
      message: expect.stringContaining(message) as string,
    });
  });

  test.each([
    [
      'names an operation that is not there',
      'AmazonSSM.CreateActivation',
      '{}',
      'NotInTheSandbox',
      'CreateActivation of service ssm is not in the sandbox',
    ],
    ['names no operation', '', '{}', 'NotInTheSandbox', 'is not in the sandbox'],
    [
      'leaves out a required member',
      'AmazonSSM.DescribeDocument',
      '{}',
      'ValidationException',
      "Value null at 'name' failed",
    ],
    [
      'has a member of another type',
      'AmazonSSM.DescribeDocument',
      '{"Name":7}',
      'SerializationException',
      'Name is not text.',
    ],
    ['is no JSON', 'AmazonSSM.DescribeDocument', '{"Name":', 'SerializationException', 'The body is no JSON.'],
  ])('%s', async (_, target, body, code, message) => {
    await expect(errorOf(post(target, body))).resolves.toMatchObject({
      __type: code,
      message: expect.stringContaining(message) as string,
    });
    expect(echo.inputs).toEqual([]);
  });

  test('is not signed', async () => {
    const answer = await fetch(sandbox.endpoint, { method: 'POST' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationToken');
  });
});

test('a service that is not there answers clients of query services in XML', async () => {
  const client = new ec2.EC2Client(asAdministrator(sandbox, hub));
  await expect(client.send(new ec2.DescribeVpcsCommand({}))).rejects.toMatchObject({ name: 'NotInTheSandbox' });
});

test('a port that is taken is shown', async () => {
  const port = Number(new URL(sandbox.endpoint).port);
  const { accounts, regions, hub: home } = sandbox.world;
  const second = startSandbox({ services: [], accounts, regions, hub: home, clockMode: 'manual', port });
  await expect(second).rejects.toThrow('EADDRINUSE');
});

test('members that the operation does not know are dropped', async () => {
  await post('AmazonSSM.DescribeDocument', '{"Name":"D","Nonsense":1,"__proto__":{"a":1}}');
  expect(echo.inputs).toEqual([{ Name: 'D' }]);
});

test('a bug of the sandbox is not taken for an error of AWS', async () => {
  const written = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const answer = await post('AmazonSSM.SendCommand', '{"DocumentName":"D"}');
  written.mockRestore();
  expect(answer.status).toBe(500);
  await expect(answer.json()).resolves.toMatchObject({ __type: 'BugInTheSandbox', message: 'TypeError: a bug' });
});

describe('control', () => {
  const order = (path: string, method: string, body?: object): Promise<Response> =>
    fetch(`${sandbox.endpoint}/_sandbox/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

  test('time is shown and moved on', async () => {
    const ran: string[] = [];
    sandbox.world.clock.schedule(startMillis + 5000, () => void ran.push('due'));
    await expect(errorOf(order('clock', 'GET'))).resolves.toEqual({
      mode: 'manual',
      millis: startMillis,
      now: '2026-01-31T12:00:00.000Z',
    });
    await expect(errorOf(order('clock/advance', 'POST', { millis: 5000 }))).resolves.toMatchObject({
      millis: startMillis + 5000,
    });
    expect(ran).toEqual(['due']);
  });

  test('faults strike and end', async () => {
    await order('faults', 'POST', [{ kind: 'throttle', service: 'ssm' }]);
    await expect(errorOf(post('AmazonSSM.DescribeDocument', '{"Name":"D"}'))).resolves.toMatchObject({
      __type: 'ThrottlingException',
    });
    await order('faults', 'DELETE');
    expect((await post('AmazonSSM.DescribeDocument', '{"Name":"D"}')).status).toBe(200);
  });

  test('a lost response has its effect and closes the connection', async () => {
    await order('faults', 'POST', { kind: 'lost-response', operation: 'DescribeDocument', times: 1 });
    await expect(post('AmazonSSM.DescribeDocument', '{"Name":"D"}')).rejects.toThrow('fetch failed');
    expect(echo.inputs).toEqual([{ Name: 'D' }]);
  });

  test.each([
    ['faults', 'POST', { kind: 'explode' }, 400, 'kind'],
    ['faults', 'POST', { kind: 'deny', acount: hub }, 400, 'acount'],
    ['clock/advance', 'POST', { millis: -1 }, 400, 'millis'],
    ['ssm/nothing', 'GET', undefined, 404, '/_sandbox/ssm/nothing is not in the sandbox.'],
  ])('%s %s %j is refused by name', async (path, method, body, status, word) => {
    const answer = await order(path, method, body);
    expect(answer.status).toBe(status);
    await expect(answer.text()).resolves.toContain(word);
  });
});
