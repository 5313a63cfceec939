import { createServer, type Server } from 'node:http';
import { ANYWHERE, deploy, MEMBER, tcp, type Deployed } from '../../end-to-end/deployed-portcullis';
import { expectOneLine } from '../operator-cli';
import { runCli } from '../run-cli';

let portcullis: Deployed;
let stranger: Server;
beforeAll(async () => {
  portcullis = await deploy({ clockMode: 'skipping' });
  stranger = createServer((_request, response) => response.end('hello'));
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await portcullis.stop();
  await new Promise((resolve) => stranger.close(resolve));
});

function strangerUrl(): string {
  const address = stranger.address();
  return `http://127.0.0.1:${String(typeof address === 'object' ? address?.port : address)}`;
}

test('plays the click on the sandbox that the environment names, and the finding is resolved', async () => {
  const group = await portcullis.openGroup({ account: MEMBER, region: 'us-east-1' }, [tcp(22, 22, ANYWHERE)]);
  const id = await portcullis.importFinding(group, 'EC2.13');
  const env = { AWS_ENDPOINT_URL: portcullis.endpoint };
  const result = await runCli(['sandbox', 'press', 'Close ingress', id], { env });
  expect(result).toEqual({ exitCode: 0, stdout: '"Close ingress" pressed for 1 finding\n', stderr: '' });
  await portcullis.settle();
  expect((await portcullis.findingOf(id)).Workflow?.Status).toBe('RESOLVED');
});

const twentyOne = Array.from({ length: 21 }, (_, i) => `f-${String(i)}`);

test.each([
  ['an unknown action', ['Open ingress', 'f'], 2, /no custom action is named "Open ingress"; there is "Close ingress"/],
  ['an unknown finding', ['Close ingress', 'f'], 2, /Security Hub knows no finding f/],
  ['more findings than the console selects', ['Close ingress', ...twentyOne], 2, /at most 20 findings, not 21/],
  ['no finding', ['Close ingress'], 2, /missing required argument 'finding-id'/],
])('%s: one line', async (_name, args, exitCode, message) => {
  const result = await runCli(['sandbox', 'press', ...args, '--endpoint', portcullis.endpoint]);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expectOneLine(result, message);
});

test.each([
  ['nothing listens', () => 'http://127.0.0.1:9', 1, /no sandbox answers at http:\/\/127\.0\.0\.1:9; start one with/],
  ['somebody else listens', strangerUrl, 2, /is no sandbox of Portcullis; --endpoint names another one/],
  ['the endpoint is no URL', () => 'localhost:x y', 2, /--endpoint: "localhost:x y" is not a URL/],
])('where %s it says so in one line', async (_name, endpoint, exitCode, message) => {
  const result = await runCli(['sandbox', 'press', 'Close ingress', 'f', '--endpoint', endpoint()]);
  expect(result).toMatchObject({ exitCode, stdout: '' });
  expectOneLine(result, message);
});
