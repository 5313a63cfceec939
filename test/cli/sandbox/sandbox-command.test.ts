import { createServer, type Server } from 'node:net';
import { runCli } from '../run-cli';
import { expectOneLine } from '../operator-cli';
import { CONFIGURATION, createPlace, type Place } from './place';

let place: Place;
beforeAll(() => {
  place = createPlace();
});
afterAll(() => {
  place.remove();
});

describe('what cannot be started', () => {
  let listening: Server;
  let taken: string;
  beforeAll(async () => {
    listening = createServer();
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    const address = listening.address();
    taken = String(typeof address === 'object' ? address?.port : address);
  });
  afterAll(() => listening.close());

  const mixed = () => place.write('mixed.yaml', CONFIGURATION.replaceAll('us-east-1', 'cn-north-1'));

  test.each([
    ['Regions of two partitions', () => ['--config', mixed()], /"cn-north-1" is in partition aws-cn, but .* in aws,/],
    ['a port that is taken', () => ['--port', taken], /--port: \d+ is taken: .*; name another one, or 0 for any/],
    ['no port', () => ['--port', '4599x'], /--port: "4599x" is not a port; write a number from 0 to 65535/],
    [
      'no configuration',
      () => ['--config', 'none.yaml'],
      /--config none\.yaml cannot be read: there is no such file or directory; check the path$/m,
    ],
    [
      'a directory as configuration',
      () => ['--config', '.'],
      /--config \. cannot be read: it is a directory; name a file$/m,
    ],
    ['no scenario file', () => ['--scenario', 'none.yaml'], /none\.yaml cannot be read: there is no such file/],
  ])('%s: one line, and 2', async (_name, args, message) => {
    const result = await runCli(['sandbox', ...args()], { cwd: place.directory, env: { TMPDIR: place.temporary } });
    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expectOneLine(result, message);
    expect(place.leftBehind()).toEqual([]);
  });
});
